//! Hostile inputs: a kept corpus, and mutations of it until the time is up.
//!
//! `tests/corpus/<target>/` holds the seeds, files whose names say what they are. [`hold`] tries
//! each as it is, then mutates them for `MAILSHOT_FUZZ_SECONDS` (2 when it is not set; `tests/run`
//! sets 45). What the property returns is the *kind* of what happened: an input that made a new
//! kind happen joins the inputs that are mutated further, which leads deep into a parser without
//! an instrumented build.
//!
//! ```text
//! MAILSHOT_FUZZ_SECONDS=600 cargo test --lib hostile -- --nocapture    longer, and how far it got
//! MAILSHOT_FUZZ_SEED=123 cargo test --lib hostile                      the same numbers again
//! ```
//!
//! An input that fails is written to `target/tmp/fuzz/`; copied into the corpus under a name that
//! says what it is, it is tried first ever after.
//!
//! cargo-fuzz and bolero's engines want a nightly compiler or a runner of their own; proptest and
//! mutatis count cases instead of seconds and keep no files of octets. What is left to take from
//! them are the few lines of [`Mutator`].

use std::collections::HashSet;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

/// Inputs grow no longer by mutation; seeds may be longer.
const LONGEST: usize = 16 * 1024;

/// Inputs that are mutated further.
const POOL: usize = 4096;

/// Holds the property against the corpus of `target` and mutations of it, in which the words of
/// `dictionary` turn up. A property fails by panicking.
pub fn hold<K: Hash>(target: &str, dictionary: &[&[u8]], property: impl Fn(&[u8]) -> K) {
    let seed = number("MAILSHOT_FUZZ_SEED").unwrap_or_else(|| RandomState::new().hash_one(target));
    let began = Instant::now();
    let limit = Duration::from_secs(number("MAILSHOT_FUZZ_SECONDS").unwrap_or(2));
    let mut kinds = HashSet::new();
    let mut is_new = |input: &[u8], seed_file: Option<&Path>| {
        let failed = match catch_unwind(AssertUnwindSafe(|| property(input))) {
            Ok(kind) => return kinds.insert(hash(&kind)),
            Err(failed) => failed,
        };
        let file = seed_file.map_or_else(|| keep(target, input), |file| file.display().to_string());
        eprintln!("{target}: MAILSHOT_FUZZ_SEED={seed} meets an input that fails: {file}");
        resume_unwind(failed)
    };
    let mut pool = Vec::new();
    for (file, input) in seeds(target) {
        is_new(&input, Some(&file));
        pool.push(input);
    }
    let mut mutator = Mutator {
        state: seed,
        dictionary,
    };
    let mut inputs = pool.len();
    while began.elapsed() < limit {
        let input = mutator.mutation(&pool);
        inputs += 1;
        if is_new(&input, None) && pool.len() < POOL {
            pool.push(input);
        }
    }
    eprintln!(
        "{target}: {inputs} inputs in {:.0?}, {} kinds",
        began.elapsed(),
        kinds.len()
    );
}

/// The files of a target's corpus, by name.
fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = repository().join("tests/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut seeds: Vec<_> = entries
        .map(|entry| entry.expect("an entry of the corpus").path())
        .map(|path| (path.clone(), fs::read(path).expect("a file of the corpus")))
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{} is empty", folder.display());
    seeds
}

fn keep(target: &str, input: &[u8]) -> String {
    let folder = repository().join("target/tmp/fuzz");
    let path = folder.join(format!("{target}-{:016x}", hash(&input)));
    match fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input)) {
        Ok(()) => path.display().to_string(),
        Err(error) => format!("no file ({error}); it is {}", input.escape_ascii()),
    }
}

fn repository() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} must be a whole number, not `{text}`")),
    )
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Makes new inputs of old ones.
struct Mutator<'d> {
    state: u64,
    dictionary: &'d [&'d [u8]],
}

impl Mutator<'_> {
    /// SplitMix64: any seed will do, and the same seed gives the same numbers.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.random() % end.max(1) as u64) as usize
    }

    fn mutation(&mut self, pool: &[Vec<u8>]) -> Vec<u8> {
        // The shorter of two: it is tried faster, and a change in it matters more.
        let two = [self.below(pool.len()), self.below(pool.len())];
        let mut input = pool[two.into_iter().min_by_key(|i| pool[*i].len()).unwrap_or(0)].clone();
        for _ in 0..=self.random().trailing_ones() {
            let from = self.below(input.len() + 1);
            // Mostly short pieces: a long one taken out leaves little to look at.
            let longest = if self.below(4) == 0 { input.len() } else { 8 };
            let to = (from + self.below(longest + 1)).min(input.len());
            match self.below(8) {
                0 if from < input.len() => input[from] ^= 1 << self.below(8),
                1 if from < input.len() => input[from] = self.random() as u8,
                2 => drop(input.drain(from..to)),
                3 => {
                    let again = input[from..to].repeat(1 << self.random().trailing_ones().min(10));
                    input.splice(to..to, again);
                }
                4 => {
                    let other = &pool[self.below(pool.len())];
                    let tail = self.below(other.len() + 1);
                    input.splice(from.., other[tail..].iter().copied());
                }
                5 if !self.dictionary.is_empty() => {
                    let word = self.dictionary[self.below(self.dictionary.len())];
                    input.splice(from..to, word.iter().copied());
                }
                _ if !self.dictionary.is_empty() => {
                    let word = self.dictionary[self.below(self.dictionary.len())];
                    input.splice(from..from, word.iter().copied());
                }
                _ => {}
            }
            input.truncate(LONGEST);
        }
        input
    }
}
