use super::*;

#[test]
fn of_a_server_only_scheme_host_and_port_are_shown() {
    for (text, shown) in [
        ("smtps://smtp.uni.example", "smtps://smtp.uni.example"),
        ("smtps://smtp.uni.example:465/", "smtps://smtp.uni.example:465/"),
        ("smtp.uni.example:587", "smtp.uni.example:587"),
        ("smtps://[::1]:2525", "smtps://[::1]:2525"),
        ("smtps://邮件.example", "smtps://邮件.example"),
        ("smtps://ada:geheim@host:99999", "smtps://***@host:99999"),
        ("ada:geheim@host", "***@host"),
        ("ada:geheim@host:587", "***@host:587"),
        ("smtps:/ada:geheim@host", "smtps:/***@host"),
        ("smtps:ada:geheim@host", "***@host"),
        ("//ada:geheim@host", "//***@host"),
        ("smtps：//ada：geheim＠host", "smtps：//***＠host"),
        ("smtps://ada%3Ageheim%40host", "smtps://***%40host"),
        ("smtps://ada%3Ageheim@host", "smtps://***@host"),
        ("smtps://ada:ge@heim@host", "smtps://***@host"),
        ("smtps://ada:ge/heim@host", "smtps://***@host"),
        ("smtps://ada:ge heim@host", "smtps://***@host"),
        ("smtps://ada:#geheim@host", "smtps://***@host"),
        ("smtps://ada:geheim", "smtps://ada***"),
        ("ada:geheim", "ada***"),
        ("smtps://host?password=geheim", "smtps://host***"),
        ("smtps://host:465:ada:geheim", "smtps://host***"),
        ("smtps://host ada geheim", "smtps://host***"),
        ("smtps://host:465,ada,geheim", "smtps://host***"),
    ] {
        assert_eq!(server(text), shown, "{text}");
    }
}

#[test]
fn logins_of_urls_are_hidden_wherever_they_are() {
    for (text, shown) in [
        ("https://uni.example/a?b=c", "https://uni.example/a?b=c"),
        ("https://ada:geheim@uni.example/", "https://***@uni.example/"),
        ("https://geheim@uni.example/", "https://***@uni.example/"),
        (
            "a = { url = \"https://x\", server = \"smtps://ada:ge heim@h\" }",
            "a = { url = \"https://x\", server = \"smtps://***@h\" }",
        ),
        (
            "server = \"smtps://ada:ge\"heim@h\"",
            "server = \"smtps://***@h\"",
        ),
        (
            "server = 'smtps://h', user = 'ada@uni.example'",
            "server = 'smtps://h', user = 'ada@uni.example'",
        ),
    ] {
        assert_eq!(urls(text), shown, "{text}");
    }
}

#[test]
fn of_a_command_no_password_is_shown() {
    for (text, shown) in [
        ("pass show smtp/uni", "pass show smtp/uni"),
        ("cat password", "cat password"),
        ("echo begun >&2; sleep 600", "echo *** >&2; sleep 600"),
        ("echo geheim", "echo ***"),
        ("echo 'ge heim'|cat", "echo ***|cat"),
        ("/bin/printf %s geheim && true", "/bin/printf *** *** && true"),
        (
            "curl -u ada:geheim https://uni.example",
            "curl -u *** https://uni.example",
        ),
        (
            "curl https://ada:geheim@uni.example",
            "curl https://***@uni.example",
        ),
        ("PGPASSWORD=geheim psql -c x", "PGPASSWORD=*** psql -c x"),
        ("vault --token=geheim read x", "vault --token=*** read x"),
        ("tool --password geheim x", "tool --password *** x"),
        ("sshpass -pgeheim ssh host", "sshpass -p*** ssh host"),
        (
            "curl -H 'Authorization: Bearer' Bearer geheim",
            "curl -H 'Authorization: Bearer' Bearer ***",
        ),
        ("exit 3", "exit 3"),
    ] {
        assert_eq!(command(text), shown, "{text}");
    }
}

#[test]
fn a_password_is_not_taken_for_the_name_of_a_variable() {
    for (name, is) in [
        ("MAILSHOT_PASSWORD", true),
        ("X", true),
        ("SMTPPASS", true),
        ("ABCDEFGHIJKLMNOP", false),
        ("abcdefghijklmnop", false),
        ("hunter2!", false),
    ] {
        assert_eq!(is_variable(name), is, "{name}");
    }
}
