//! What people read is plain English: documents, templates, the catalogue and the comments of the
//! sources have none of the words and shapes that make a sentence hard to read (CONTRIBUTING.md,
//! "Words"). A fault names its place and what to write instead.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::layering::sources::below;

/// What is refused (a regular expression), the exceptions to it (another one, for the text that was
/// found), and what to write instead.
const REFUSED: [(&str, &str, &str); 28] = [
    (r"mend(s|ed|ing)?", "", "correct, fix, repair"),
    (
        r"(is|are|was|were|be|been|being) told",
        "",
        "is reported; or say who prints it",
    ),
    (
        r"(\w+ )?(is|are|was|were|be) none",
        "^there ",
        "cannot be used; is not a …; there is no …",
    ),
    (r"left aside", "", "is ignored"),
    (r"cannot be had", "", "is not available"),
    (
        r"turn(s|ed)? (\w+ )?away",
        "",
        "refused the connection; is refused",
    ),
    (r"who(m)?ever", "", "the person who …; a recipient that …"),
    (r"somebody", "", "a recipient, a person, another program"),
    (
        r"(stands?|stood|standing) (in|at|on|above|below|beside|behind|before|between|right|there|here|alone|after|under|anywhere|elsewhere|next)",
        "",
        "is in, is at, is below …",
    ),
    (r"as (it|they) stands?", "", "unchanged; literally"),
    (r"so many", "", "the number; N; this many"),
    (r"means? nothing", "", "has no effect; cannot be decoded"),
    (r"takes? [^.,;:]{0,60}\balone", "", "accepts only"),
    (
        r"[,;:] for (it|they|he|she|we|whoever|nobody|everybody|there)",
        "",
        "because",
    ),
    (r"heed(s|ed|ing)?", "", "follow, obey"),
    (r"goes? before (it|them|that|both|all)", "", "overrides"),
    (r"(tell|tells|told) of", "", "report, mention"),
    (r"(where|there|here)(of|in|upon|with|by)", "", "two sentences"),
    (
        r"one a (line|row|file|message|connection|recipient|relay|session|table|part|column|format|mailing|run)",
        "",
        "one per …",
    ),
    (r"without a word", "", "silently"),
    (r"hangs? on", "", "depends on"),
    (r"(to be|can be|are|is) had", "", "is available; is obtained"),
    (
        r"what (is|was) said of",
        "",
        "the sentence about; what is said about",
    ),
    (r"all is well", "", "finished; everything is correct"),
    (
        r"(\w+ )?(is|are|was|were) no \w+",
        r"^(there|here) |\bno (longer|more|less|fewer|other|doubt|matter|need|reason|way|slower|faster|larger|smaller|different|later|earlier|better|worse|one)$",
        "is not a …",
    ),
    (
        r"(to|of|for|by|from|with) who (is|are|was|has|have|did|gets?|left|got)",
        "",
        "a recipient that …",
    ),
    (r"passed over", "", "ignored, skipped"),
    (
        r"(lie|lies|lay|lying) (in|at|on|below|beside|behind|before|between|there|here|above|outside|under|elsewhere)",
        "",
        "is in, is at, is below …",
    ),
];

struct Rule {
    refused: Regex,
    right: Option<Regex>,
    write: &'static str,
}

fn rules() -> Vec<Rule> {
    let regex = |text: &str| Regex::new(&format!("(?i){text}")).expect("a regular expression");
    REFUSED
        .iter()
        .map(|(refused, right, write)| Rule {
            // A word begins where the shape does, unless it begins with a sign.
            refused: regex(&if refused.starts_with('[') {
                format!(r"{refused}\b")
            } else {
                format!(r"\b{refused}\b")
            }),
            right: (!right.is_empty()).then(|| regex(right)),
            write,
        })
        .collect()
}

#[test]
fn documents_templates_the_catalogue_and_comments_are_in_plain_english() {
    let rules = rules();
    let mut faults = Vec::new();
    let mut read = 0;
    for (path, passages) in everything() {
        read += passages.len();
        faults.extend(passages.iter().flat_map(|passage| passage.faults(&rules, &path)));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(read > 4_000, "only {read} passages were found");
}

#[test]
fn each_word_and_shape_is_found_and_what_is_right_is_not() {
    let rules = rules();
    let found = |text: &str| {
        passages("a.md", text)
            .iter()
            .flat_map(|p| p.faults(&rules, "a.md"))
            .count()
    };
    for text in [
        "mend the address",
        "faults are told\nwith their place",
        "this key is\nnone to sign with",
        "the rest is left aside",
        "a list that cannot be had",
        "the relay turns us away",
        "Whoever runs the relay",
        "read by somebody else",
        "the comma stands in a cell",
        "it goes out as it stands",
        "so many recipients",
        "the key means nothing here",
        "163 takes mail from the account alone",
        "it stays, for it is right",
        "a flag goes before it",
        "the run tells of them",
        "one a line",
        "which is no column here",
        "nothing is sent to who is not claimed",
        "it hangs on the script",
        "no token is to be had",
        "what is said of a row",
        "the file lies below the folder",
    ] {
        assert_eq!(found(text), 1, "{text}");
    }
    for text in [
        "there is none, and there is no other",
        "the row is no longer there",
        "write `is none` or `mend`",
        "```\nwhoever\n```",
        "amend the recommended commendation",
        "a file for it",
    ] {
        assert_eq!(found(text), 0, "{text}");
    }
}

/// Lines that are read in one piece, as sentences go over their ends.
struct Passage {
    text: String,
    /// Where each line begins in the text, and its number.
    lines: Vec<(usize, usize)>,
}

impl Passage {
    fn faults(&self, rules: &[Rule], path: &str) -> Vec<String> {
        let prose = without_code(&self.text);
        let mut faults = Vec::new();
        for rule in rules {
            for found in rule.refused.find_iter(&prose) {
                if rule
                    .right
                    .as_ref()
                    .is_some_and(|right| right.is_match(found.as_str()))
                {
                    continue;
                }
                let line = self.lines.iter().rfind(|(at, _)| *at <= found.start());
                let line = line.map_or(0, |(_, line)| *line);
                faults.push(format!(
                    "{path}:{line}: \"{}\": write {}",
                    found.as_str(),
                    rule.write
                ));
            }
        }
        faults
    }
}

/// With dots instead of what is between backticks: as many octets, so that places stay.
fn without_code(text: &str) -> String {
    let mut pieces = text.split('`');
    let mut prose = pieces.next().unwrap_or_default().to_owned();
    for (n, piece) in pieces.enumerate() {
        prose.push('`');
        if n % 2 == 0 {
            prose.extend(std::iter::repeat_n('.', piece.len()));
        } else {
            prose.push_str(piece);
        }
    }
    prose
}

/// Everything that is held to it: its path below the package, and its passages.
fn everything() -> Vec<(String, Vec<Passage>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = [
        "README.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "SECURITY.md",
        "dist/README.md",
    ]
    .map(PathBuf::from)
    .into();
    for folder in ["docs", "templates", "src/words/en"] {
        files(root, Path::new(folder), &mut paths);
    }
    let documents = paths.into_iter().filter_map(|path| {
        // Pictures and attachments are not text.
        let text = fs::read_to_string(root.join(&path)).ok()?;
        let path = path.display().to_string().replace('\\', "/");
        let passages = passages(&path, &text);
        Some((path, passages))
    });
    let sources = below("src").into_iter().map(|(path, text)| {
        let path = format!("src/{path}");
        let passages = passages(&path, &text);
        (path, passages)
    });
    documents.chain(sources).collect()
}

fn files(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(root.join(folder)).expect("a folder of the package") {
        let path = folder.join(entry.expect("an entry of a folder").file_name());
        if root.join(&path).is_dir() {
            files(root, &path, found);
        } else {
            found.push(path);
        }
    }
}

/// The passages of a file: of a source its comments, of everything else all but blocks of code.
fn passages(path: &str, text: &str) -> Vec<Passage> {
    let (source, document) = (path.ends_with(".rs"), path.ends_with(".md"));
    let mut passages = Vec::new();
    let mut open: Option<Passage> = None;
    let mut code = false;
    for (number, line) in (1..).zip(text.lines()) {
        let words = if source { comment(line) } else { Some(line.trim()) };
        let Some(words) = words else {
            passages.extend(open.take());
            code = false;
            continue;
        };
        let fence = (source || document) && words.starts_with("```");
        code ^= fence;
        if words.is_empty() || fence || code || (document && words.starts_with(['|', '#'])) {
            passages.extend(open.take());
        }
        if words.is_empty() || fence || code {
            continue;
        }
        let passage = open.get_or_insert_with(|| Passage {
            text: String::new(),
            lines: Vec::new(),
        });
        if !passage.text.is_empty() {
            passage.text.push(' ');
        }
        passage.lines.push((passage.text.len(), number));
        passage.text.push_str(words);
    }
    passages.extend(open);
    passages
}

/// The words of a line that is a comment.
fn comment(line: &str) -> Option<&str> {
    let words = line.trim_start().strip_prefix("//")?;
    Some(words.trim_start_matches(['/', '!']).trim())
}
