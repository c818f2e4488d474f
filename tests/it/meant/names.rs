//! Names in templates: columns that are called like something of ours, and what is taken for a tag.

use super::{campaign, texts};

#[test]
fn a_column_of_any_script_is_written_by_its_name() {
    let people = "email,姓名,Étage\nada@example.org,王小明,3\n";
    assert_eq!(
        texts(&campaign(people, "{{ row['姓名'] }}: {{ row['Étage'] }}\n", "")),
        ["王小明: 3"]
    );
}
