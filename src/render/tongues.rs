//! Languages: their codes, names, scripts and where they are spoken.
//!
//! From CLDR (likely subtags, aliases, names) and ISO 639.

/// A language that is written in more than one script: the usual one, and regions of the others.
type Written = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// All of them.
pub(super) const SCRIPTS: &[Written] = &[
    ("zh", "hans", &[("tw", "hant"), ("hk", "hant"), ("mo", "hant")]),
    ("yue", "hant", &[("cn", "hans")]),
    ("sr", "cyrl", &[("me", "latn"), ("ro", "latn"), ("tr", "latn")]),
    ("uz", "latn", &[("af", "arab"), ("cn", "cyrl")]),
    ("az", "latn", &[("ir", "arab"), ("ru", "cyrl")]),
    ("pa", "guru", &[("pk", "arab")]),
    ("kk", "cyrl", &[("cn", "arab"), ("ir", "arab")]),
    ("mn", "cyrl", &[("cn", "mong")]),
    ("bs", "latn", &[]),
    ("ku", "latn", &[("iq", "arab"), ("ir", "arab")]),
    ("ms", "latn", &[]),
    ("vi", "latn", &[]),
];

/// Where most of those live who speak a language that has its name from there, or another place.
pub(super) const REGIONS: &[(&str, &str)] = &[
    ("en", "us"),
    ("zh", "cn"),
    ("pt", "br"),
    ("ar", "eg"),
    ("sv", "se"),
    ("da", "dk"),
    ("ja", "jp"),
    ("ko", "kr"),
    ("uk", "ua"),
    ("cs", "cz"),
    ("el", "gr"),
    ("he", "il"),
    ("fa", "ir"),
    ("hi", "in"),
    ("vi", "vn"),
    ("nb", "no"),
    ("et", "ee"),
    ("sl", "si"),
    ("sr", "rs"),
];

/// Codes that are another's today, or its longer form.
pub(super) const RENAMED: &[(&str, &str)] = &[
    ("iw", "he"),
    ("in", "id"),
    ("ji", "yi"),
    ("mo", "ro"),
    ("tl", "fil"),
    ("no", "nb"),
    ("cmn", "zh"),
    ("eng", "en"),
    ("deu", "de"),
    ("ger", "de"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("ita", "it"),
    ("por", "pt"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("pol", "pl"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("hun", "hu"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("bul", "bg"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("slv", "sl"),
    ("ell", "el"),
    ("gre", "el"),
    ("tur", "tr"),
    ("ara", "ar"),
    ("heb", "he"),
    ("fas", "fa"),
    ("per", "fa"),
    ("hin", "hi"),
    ("tha", "th"),
    ("vie", "vi"),
    ("ind", "id"),
    ("msa", "ms"),
    ("may", "ms"),
    ("swe", "sv"),
    ("dan", "da"),
    ("nor", "nb"),
    ("nob", "nb"),
    ("nno", "nn"),
    ("fin", "fi"),
    ("est", "et"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("cat", "ca"),
    ("eus", "eu"),
    ("glg", "gl"),
];

/// Codes of countries that no language has, and what is spoken there.
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("cn", "zh"),
    ("jp", "ja"),
    ("cz", "cs"),
    ("dk", "da"),
    ("ua", "uk"),
    ("us", "en"),
    ("gb", "en"),
    ("at", "de"),
    ("hk", "zh-hant"),
    ("vn", "vi"),
    ("rs", "sr"),
    ("mx", "es"),
];

/// ISO 639-1, and of the codes of three letters those that CLDR has texts in.
pub(super) const CODES: &str = "
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it
    iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo
    za zh zu
    ast bas bem bez brx ccp ceb cgg chr ckb cmn csb dav dje dsb dua dyo ebu fil fur gsw guz haw hsb jgo jmc kab kam
    kde kea khq kln kok ksb ksf ksh lag lkt lrc luo luy mai mas mer mfe mgh mgo mni mua mzn naq nds nmg nnh nus
    nyn rof rwk sah saq sat sbp scn seh ses shi smn szl teo tok twq tzm vai vun wae wuu xog yav yue zgh nan hak lzh
    und mul";

/// Names of languages: their own, and those that English, German, French, Spanish, Italian, Chinese and
/// Japanese have for them.
pub(super) const NAMES: &[(&str, &str)] = &[
    (
        "de",
        "deutsch german allemand alemán alemão tedesco niemiecki duits немецкий 德语 德文 德語 ドイツ語 독일어",
    ),
    (
        "en",
        "english englisch anglais inglés ingles inglês inglese angielski engels английский 英语 英文 英語 영어",
    ),
    (
        "fr",
        "français francais french französisch francés frances francês francese francuski frans французский 法语 法文 法語 フランス語 프랑스어",
    ),
    (
        "es",
        "español espanol castellano spanish spanisch espagnol espanhol spagnolo hiszpański испанский 西班牙语 西班牙文 西班牙語 スペイン語 스페인어",
    ),
    (
        "it",
        "italiano italian italienisch italien włoski итальянский 意大利语 意大利文 義大利文 イタリア語 이탈리아어",
    ),
    (
        "pt",
        "português portugues portuguese portugiesisch portugais portugués portoghese португальский 葡萄牙语 葡萄牙文 ポルトガル語 포르투갈어",
    ),
    (
        "nl",
        "nederlands dutch niederländisch holländisch néerlandais neerlandés holandés olandese 荷兰语 荷蘭文 オランダ語 네덜란드어",
    ),
    (
        "sv",
        "svenska swedish schwedisch suédois sueco svedese 瑞典语 瑞典文 スウェーデン語",
    ),
    ("da", "dansk danish dänisch danois danés danese 丹麦语 丹麥文"),
    (
        "nb",
        "norsk bokmål norwegian norwegisch norvégien noruego norvegese 挪威语 挪威文",
    ),
    ("nn", "nynorsk"),
    (
        "fi",
        "suomi finnish finnisch finnois finlandés finlandese 芬兰语 芬蘭文",
    ),
    ("is", "íslenska icelandic isländisch islandais 冰岛语"),
    (
        "pl",
        "polski polish polnisch polonais polaco polacco польский 波兰语 波蘭文 ポーランド語",
    ),
    (
        "cs",
        "čeština česky cestina czech tschechisch tchèque checo ceco 捷克语 捷克文",
    ),
    (
        "sk",
        "slovenčina slovensky slovak slowakisch slovaque eslovaco 斯洛伐克语",
    ),
    (
        "sl",
        "slovenščina slovene slovenian slowenisch slovène esloveno 斯洛文尼亚语",
    ),
    ("hr", "hrvatski croatian kroatisch croate croata 克罗地亚语"),
    ("sr", "српски srpski serbian serbisch serbe serbio 塞尔维亚语"),
    (
        "hu",
        "magyar hungarian ungarisch hongrois húngaro ungherese 匈牙利语 匈牙利文",
    ),
    (
        "ro",
        "română romana romanian rumänisch roumain rumano rumeno 罗马尼亚语",
    ),
    ("bg", "български bulgarian bulgarisch bulgare búlgaro 保加利亚语"),
    (
        "el",
        "ελληνικά ελληνικα greek griechisch grec griego greco 希腊语 希臘文 ギリシャ語",
    ),
    (
        "tr",
        "türkçe turkce turkish türkisch turc turco 土耳其语 土耳其文 トルコ語",
    ),
    (
        "ru",
        "русский russian russisch russe ruso russo rosyjski 俄语 俄文 俄語 ロシア語 러시아어",
    ),
    (
        "uk",
        "українська ukrainian ukrainisch ukrainien ucraniano 乌克兰语 烏克蘭文",
    ),
    ("lt", "lietuvių lithuanian litauisch lituanien"),
    ("lv", "latviešu latvian lettisch letton"),
    ("et", "eesti estonian estnisch estonien"),
    (
        "ar",
        "العربية arabic arabisch arabe árabe arabo 阿拉伯语 阿拉伯文 アラビア語",
    ),
    ("he", "עברית hebrew hebräisch hébreu hebreo ebraico 希伯来语"),
    ("fa", "فارسی persian farsi persisch persan persa 波斯语"),
    ("hi", "हिन्दी हिंदी hindi 印地语 印地文"),
    ("bn", "বাংলা bengali bangla 孟加拉语"),
    ("ta", "தமிழ் tamil"),
    (
        "th",
        "ไทย ภาษาไทย thai thailändisch thaï tailandés 泰语 泰文 タイ語",
    ),
    (
        "vi",
        "tiếngviệt vietnamese vietnamesisch vietnamien vietnamita 越南语 越南文 ベトナム語",
    ),
    (
        "id",
        "bahasaindonesia indonesian indonesisch indonésien 印尼语 印度尼西亚语",
    ),
    ("ms", "bahasamelayu malay malaiisch malais 马来语 馬來文"),
    (
        "ja",
        "日本語 japanese japanisch japonais japonés japones giapponese japoński японский 日语 日文 日語 일본어",
    ),
    (
        "ko",
        "한국어 조선말 korean koreanisch coréen coreano koreański корейский 韩语 韩文 韓文 韓語 韓国語",
    ),
    (
        "zh-hans",
        "简体中文 简体 简中 中文简体 中文简 simplifiedchinese chinesesimplified chssimplified 簡體中文 簡体字 汉语 chs",
    ),
    (
        "zh-hant",
        "繁體中文 繁体中文 繁體 繁体 繁中 正體中文 正體 中文繁體 中文繁体 中文繁 traditionalchinese chinesetraditional 繁体字 cht",
    ),
    (
        "zh",
        "中文 chinese chinesisch chinois chino chinês cinese chiński китайский 国语 普通话 漢語 華語 华语 華文 华文 中国語 중국어 mandarin",
    ),
    ("yue", "粵語 粤语 广东话 廣東話 cantonese"),
    ("ca", "català catalan catalán katalanisch 加泰罗尼亚语"),
    ("eu", "euskara basque baskisch"),
    ("gl", "galego galician galicisch"),
    ("ga", "gaeilge irish irisch"),
    ("cy", "cymraeg welsh walisisch"),
    ("eo", "esperanto"),
    ("la", "latina latin latein"),
];
