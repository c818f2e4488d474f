use super::*;

#[test]
fn everybody_gets_the_nearest_language() {
    for (wanted, tags, found) in [
        ("zh-Hant-TW", "zh zh-hant", "zh-hant"),
        ("zh-TW", "zh zh-hant", "zh-hant"),
        ("zh_TW", "zh-hant", "zh-hant"),
        ("ZH-tw", "zh-tw zh", "zh-tw"),
        ("zh-HK", "zh-cn zh-tw", "zh-tw"),
        ("zh-Hant", "zh-tw zh", "zh-tw"),
        ("zh-TW", "zh", "zh"),
        ("zh-TW", "zh-cn", ""),
        ("zh-TW", "zh-hans", ""),
        ("zh-Hans", "zh-hant zh-cn", "zh-cn"),
        ("zh-CN", "zh-hant zh-hans", "zh-hans"),
        ("zh-SG", "zh-tw zh", "zh"),
        ("zh", "zh-tw zh-cn", "zh-cn"),
        ("zh", "zh-hant", ""),
        ("zh-Hant-HK-x-private", "zh-hant", "zh-hant"),
        ("zh-cmn-Hans-CN", "zh-hans", "zh-hans"),
        ("de-CH-1996", "de-ch de", "de-ch"),
        ("de-CH", "de-at de", "de"),
        ("de-CH", "de-at", "de-at"),
        ("de", "de-de de-at", "de-de"),
        ("pt", "pt-pt pt-br", "pt-br"),
        ("en-US", "en-gb fr", "en-gb"),
        ("fr", "de en", ""),
        ("no", "nb", "nb"),
        ("nb-NO", "no", "no"),
        ("iw", "he", "he"),
        ("deu", "de", "de"),
        ("sr-Latn", "sr sr-latn", "sr-latn"),
        ("en_US.UTF-8", "en", "en"),
        ("Deutsch", "de", "de"),
        ("中文", "zh", "zh"),
        ("繁體中文", "zh zh-hant", "zh-hant"),
        ("Chinese (Traditional)", "zh zh-hant", "zh-hant"),
        ("中文（繁體）", "zh zh-hant", "zh-hant"),
        ("Deutsch (Schweiz)", "de", "de"),
        ("English (US)", "en", "en"),
        ("英文", "en", "en"),
        ("Français", "fr", "fr"),
        ("cn", "zh", "zh"),
        ("jp", "ja", "ja"),
        ("hk", "zh zh-hant", "zh-hant"),
        ("formal", "formal du", "formal"),
        ("klingon", "de", ""),
    ] {
        let tags: Vec<&str> = tags.split(' ').collect();
        assert_eq!(best(wanted, &tags).unwrap_or(""), found, "{wanted} of {tags:?}");
    }
}

#[test]
fn what_is_no_language_is_known_for_that() {
    assert_eq!(spoken("xx"), Spoken::Unknown);
    assert_eq!(spoken("klingon"), Spoken::Unknown);
    assert_eq!(spoken("cn"), Spoken::Country("zh"));
    assert_eq!(spoken("Deutsch"), Spoken::Named("de"));
    assert_eq!(spoken("de_AT"), Spoken::Tag("de-at".into()));
    assert_eq!(spoken("deu"), Spoken::Tag("deu".into()));
}
