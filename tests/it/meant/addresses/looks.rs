//! Addresses that are well formed and hardly meant.

use serde_json::Value;

use super::campaign;

#[test]
fn domains_and_local_parts_that_were_hardly_meant_are_warned_about() {
    let cases = [
        ("gus@gmail", "gmail.com may be meant"),
        ("ida@intranet", "there is no dot in it"),
        ("eve@example.o", "ends in `.o`, and no domain does"),
        ("kоe@example.org", "`kоe` looks like koe but is not the same"),
        ("ann@exаmple.org", "looks like example.org but is not the same"),
        ("ben@xn--exmple-4nf.org", "looks like example.org"),
        ("cal@gmаil.com", "looks like gmail.com"),
        ("dan@gmáil.com", "looks like gmail.com"),
        ("раураl@example.org", "looks like paypal"),
        ("gοοgle@example.org", "looks like google"),
        ("с.ivanov@example.org", "looks like c.ivanov"),
        ("fay@рaypal.example", "looks like paypal.example"),
        ("gil@example.cpn", "typo for example.com"),
    ];
    let mut people = String::from("email\n");
    for (written, _) in cases {
        people.push_str(&format!("{written}\n"));
    }
    let outcome = campaign(people, "x", "").run(&["check", "--json"]);
    outcome.code(0);
    let document: Value = serde_json::from_str(&outcome.stdout).expect("a document");
    let findings = document["findings"].as_array().expect("a list");
    for (row, (written, words)) in (2..).zip(cases) {
        let of_row = |finding: &&Value| {
            let rows = finding["first_rows"].as_array().expect("rows");
            rows.contains(&Value::from(row)) && finding["column"] == 1
        };
        let said: Vec<_> = findings
            .iter()
            .filter(of_row)
            .map(|finding| finding["what"].to_string())
            .collect();
        assert_eq!(said.len(), 1, "{written}: {said:?}\n{outcome}");
        assert!(said[0].contains(words), "{written}: {said:?}");
    }
}

#[test]
fn ordinary_names_of_one_script_are_left_alone() {
    let people = "email\nada@localhost\nивaнов@пример.рф\n".replace("ивaнов", "иванов")
        + "президент@президент.рф\nwang@例子.测试\n王@example.org\njörg@münchen.example\njosé@example.org\n\
           почта@пример.рф\nivan.петров@example.org\nсара@example.org\nантон@example.org\no'neil@example.org\nx@example.museum\nx@a.xn--p1ai\n\
           x@cern.ch\nuser@παράδειγμα.ελ\n박@한국.한국\n";
    campaign(people, "x", "")
        .run(&["check"])
        .code(0)
        .stderr_lacks("warning")
        .stderr_has("17 rows checked");
    // Machines of one's own network have names without dots.
    let people: String = (0..5).map(|n| format!("p{n}@intranet\n")).collect();
    campaign(format!("email\n{people}"), "x", "")
        .run(&["check"])
        .code(0)
        .stderr_lacks("warning");
}
