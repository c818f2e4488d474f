//! `mailshot new`: a campaign to begin with, from the templates in the binary.

use std::fs;
use std::io::Write;
use std::path::Path;

use include_dir::{Dir, include_dir};
use mailshot::campaign::nearest;

use super::Outcome;
use super::args::NewArgs;
use super::explain::Failure;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

fn names() -> Vec<&'static str> {
    TEMPLATES.dirs().filter_map(|dir| dir.path().to_str()).collect()
}

pub(super) fn run(args: &NewArgs) -> Outcome {
    let Some(template) = TEMPLATES.get_dir(&args.template) else {
        let names = names();
        let meant = nearest(&args.template, names.iter().copied()).map(|n| format!("; did you mean `{n}`?"));
        return Err(Failure::Words(format!(
            "there is no template `{}`{}\n  hint: the templates are {}",
            args.template,
            meant.unwrap_or_default(),
            names.join(", ")
        )));
    };
    let failed =
        |path: &Path, e: std::io::Error| Failure::Words(format!("{} cannot be made: {e}", path.display()));
    let taken = fs::read_dir(&args.dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || args.dir.is_file() {
        return Err(Failure::Words(format!(
            "{} exists already and is not empty\n  hint: name a new folder; nothing was changed",
            args.dir.display()
        )));
    }
    let mut folders = vec![template];
    while let Some(folder) = folders.pop() {
        let relative = |path: &'static Path| path.strip_prefix(&args.template).unwrap_or(path);
        let target = args.dir.join(relative(folder.path()));
        fs::create_dir_all(&target).map_err(|e| failed(&target, e))?;
        for file in folder.files() {
            let name = relative(file.path());
            // A packaged crate cannot carry a file called .gitignore.
            let name = if name == Path::new("gitignore") {
                Path::new(".gitignore")
            } else {
                name
            };
            let target = args.dir.join(name);
            fs::write(&target, file.contents()).map_err(|e| failed(&target, e))?;
        }
        folders.extend(folder.dirs());
    }
    let dir = args.dir.display();
    // A closed stderr is nothing to fail for.
    let _ = writeln!(
        anstream::stderr().lock(),
        "{dir} is a new campaign, from the template {}.\n\n\
         Next:\n  edit {dir}/mailshot.toml and the files beside it\n  \
         mailshot check {dir}\n  mailshot send {dir} --dry-run\n  mailshot send {dir} --sandbox",
        args.template
    );
    Ok(0)
}
