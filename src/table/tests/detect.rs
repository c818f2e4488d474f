use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GB18030, KOI8_R, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
};

use super::*;

fn written(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if Charset::from(encoding).is_utf_16() {
        let units = text.encode_utf16();
        return match encoding == UTF_16LE {
            true => units.flat_map(u16::to_le_bytes).collect(),
            false => units.flat_map(u16::to_be_bytes).collect(),
        };
    }
    let (octets, _, lost) = encoding.encode(text);
    assert!(!lost, "{text} is not in {}", encoding.name());
    octets.into_owned()
}

fn found(octets: &[u8]) -> &'static Encoding {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    std::fs::write(&file, octets).unwrap();
    let found = charset(&file, octets.get(..1 << 16).unwrap_or(octets), None).unwrap();
    match found.charset {
        Charset::One(Old::Web(encoding)) if found.doubt.is_empty() => encoding,
        Charset::One(_) | Charset::Utf32 { .. } | Charset::Mixed(_) => panic!("{found:?}"),
    }
}

const SAMPLES: &[(&[&Encoding], &str)] = &[
    (
        &[GB18030, UTF_8, UTF_16LE, UTF_16BE],
        "邮箱,姓名,课程\na@x.test,王小明,编译原理\nb@x.test,李娜,操作系统\nc@x.test,张伟,高等数学\n",
    ),
    (
        &[GB18030, UTF_8, UTF_16LE, UTF_16BE],
        "email,name\nada@example.org,王小明\nb@example.org,李娜\nc@example.org,张伟\n",
    ),
    (
        &[GB18030],
        "email,name\nada@example.org,Ada\nwang@example.org,王小明\n",
    ),
    (
        &[GB18030],
        "email,name\nada@example.org,Ada\nwang@example.org,赵磊\n",
    ),
    (&[GB18030], "email,姓名\na@x.test,欧阳修\n"),
    (
        &[GB18030],
        "学号;姓名;电子邮件;班级\n2026001;陈静;chen@x.test;一班\n2026002;刘洋;liu@x.test;二班\n2026003;杨帆;yang@x.test;三班\n",
    ),
    (
        &[GB18030],
        "email,title\na@x.test,编译原理课程设计\nb@x.test,数据结构与算法\n",
    ),
    (&[GB18030], "email,name\na@x.test,王Ada\nb@x.test,李Bob\n"),
    (
        &[GB18030],
        "email\tname\na@x.test\t胡歌\nb@x.test\t朱德\nc@x.test\t许巍\n",
    ),
    (
        &[BIG5, UTF_8, UTF_16LE, UTF_16BE],
        "電子郵件,姓名,課程\na@x.test,王小明,編譯原理\nb@x.test,陳美玲,作業系統\nc@x.test,林志玲,微積分\n",
    ),
    (
        &[BIG5],
        "email,name\na@x.test,陳美玲\nb@x.test,林志豪\nc@x.test,黃雅婷\n",
    ),
    (&[BIG5], "email,name\na@x.test,Ada\nb@x.test,張惠妹\n"),
    (&[BIG5], "信箱;姓名;學號;電話\na@x.test;周杰倫;B01;02-123\n"),
    (&[BIG5], "email,name\na@x.test,蔡依林\nb@x.test,許功蓋\n"),
    (
        &[SHIFT_JIS, EUC_JP, UTF_8, UTF_16LE],
        "メールアドレス,氏名,会社\na@x.test,佐藤花子,山田商事\nb@x.test,鈴木一郎,田中電機\nc@x.test,高橋健,\n",
    ),
    (
        &[SHIFT_JIS, EUC_JP],
        "email,name\na@x.test,佐藤 花子\nb@x.test,鈴木 一郎\nc@x.test,田中 実\n",
    ),
    (
        &[SHIFT_JIS],
        "email,name,kana\na@x.test,佐藤,サトウ\nb@x.test,森,モリ\n",
    ),
    (
        &[SHIFT_JIS, EUC_JP],
        "email,note\na@x.test,ありがとうございます\nb@x.test,お世話になっております\n",
    ),
    (
        &[EUC_KR, UTF_8],
        "이메일,이름,과목\na@x.test,김철수,수학\nb@x.test,이영희,물리\nc@x.test,박지훈,화학\n",
    ),
    (
        &[EUC_KR],
        "email,name\na@x.test,김철수\nb@x.test,이영희\nc@x.test,박지훈\n",
    ),
    (&[EUC_KR], "email,name\na@x.test,최민수\n"),
    (
        &[WINDOWS_1252, UTF_8, UTF_16LE, UTF_16BE],
        "E-Mail;Name;Straße\na@x.test;François Núñez;Große Straße 1\nb@x.test;Jürgen Müller;Am Markt 3\n",
    ),
    (
        &[WINDOWS_1252],
        "email,name\na@x.test,José García\nb@x.test,María Peña\nc@x.test,Ana\n",
    ),
    (&[WINDOWS_1252], "email,name\na@x.test,Jürgen Groß\n"),
    (&[WINDOWS_1252], "email,name\na@x.test,Zoë\nb@x.test,André\n"),
    (
        &[WINDOWS_1252],
        "courriel;prénom;société\na@x.test;Hélène;Crédit général\nb@x.test;Noël;À l’œuvre\n",
    ),
    (
        &[WINDOWS_1252],
        "email,name\na@x.test,Søren Kjærgård\nb@x.test,Åse Öberg\n",
    ),
    (
        &[WINDOWS_1250, UTF_8],
        "email;imię;miejscowość\na@x.test;Łukasz Wiśniewski;Łódź\nb@x.test;Małgorzata Dąbrowska;Kraków\n",
    ),
    (
        &[WINDOWS_1250],
        "email,jméno,příjmení\na@x.test,Jiří,Dvořák\nb@x.test,Tomáš,Němec\n",
    ),
    (
        &[WINDOWS_1251, KOI8_R, UTF_8],
        "email;имя;фамилия\na@x.test;Анна;Иванова\nb@x.test;Сергей;Петров\n",
    ),
    (
        &[WINDOWS_1251],
        "email,name\na@x.test,Иван Иванов\nb@x.test,Ольга Смирнова\n",
    ),
    (
        &[WINDOWS_1253],
        "email,όνομα\na@x.test,Γιώργος Παπαδόπουλος\nb@x.test,Μαρία Νικολάου\n",
    ),
];

#[test]
fn small_files_are_read_right_in_every_encoding() {
    let mut wrong = Vec::new();
    for (encodings, text) in SAMPLES {
        for encoding in *encodings {
            let octets = written(text, encoding);
            let found = found(&octets);
            // Whether `found` is the name or not, it reads the same.
            let read = found.decode_without_bom_handling(&octets).0;
            if read != *text {
                wrong.push(format!("{} as {}: {read}", encoding.name(), found.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mark_decides() {
    for (mark, encoding) in [
        (&b"\xef\xbb\xbf"[..], UTF_8),
        (b"\xff\xfe", UTF_16LE),
        (b"\xfe\xff", UTF_16BE),
    ] {
        let octets = [mark, &written("邮箱\n王\n", encoding)].concat();
        assert_eq!(found(&octets), encoding);
    }
    let named = |encoding: &'static Encoding, start| named(Path::new(""), encoding.into(), start).unwrap();
    assert_eq!(named(UTF_16LE, b"\xfe\xff\0a"), Charset::from(UTF_16BE).into());
    assert_eq!(named(BIG5, b"\xef\xbb\xbfa"), Charset::from(BIG5).into());
}

#[test]
fn utf_8_with_a_few_broken_octets_stays_utf_8() {
    let mut octets = "email,name\na@x.test,王小明\nb@x.test,François\nc@x.test,"
        .as_bytes()
        .to_vec();
    octets.extend_from_slice(b"\xcd\xf5\n");
    assert_eq!(found(&octets), UTF_8);
    let mut octets = "email,name\n".as_bytes().to_vec();
    for i in 0..20 {
        octets.extend_from_slice(format!("p{i}@x.test,Jürgen\n").as_bytes());
    }
    octets.extend_from_slice(b"last@x.test,J\xfcrgen\nlast@x.test,\xe4\xb8");
    assert_eq!(found(&octets), UTF_8);
}

#[test]
fn one_name_in_the_last_row_of_a_long_file_is_found() {
    let mut octets = b"email,name\n".to_vec();
    for i in 0..50_000 {
        octets.extend_from_slice(format!("p{i}@x.test,Ada\n").as_bytes());
    }
    assert_eq!(found(&octets), UTF_8);
    octets.extend_from_slice(&written("last@x.test,王小明\n", GB18030));
    assert_eq!(found(&octets), GB18030);
}

#[test]
fn a_sequence_across_two_reads_is_whole() {
    struct Slow<'t>(&'t [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(1);
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }
    let says_utf_8 = |text| read_as_utf_8(Slow(text)).unwrap().speaks_for_utf_8();
    for text in ["王", "é", "😀", "a王é😀b"] {
        assert!(says_utf_8(text.as_bytes()));
        let mut evidence = Evidence::default();
        assert_eq!(evidence.take(text.as_bytes()), 0);
        assert!(evidence.valid > 0 && evidence.invalid == 0);
    }
    assert!(!says_utf_8(b"abc\xe4\xb8"));
    assert!(!says_utf_8(b"J\xfcrgen"));
}

#[test]
fn nul_octets_alone_are_no_utf_16() {
    assert_eq!(found(b"email,name\na@x.test,A\0da\n"), UTF_8);
    assert_eq!(found(b"a\0"), UTF_8);
}

#[test]
fn lists_of_names_alone_are_read_right() {
    let simplified = "明 伟 芳 娜 小红 建国 志强 晓东 子涵 梓萱 秀英 静 磊 洋 艳 勇 军 杰 涛 超";
    let traditional = "美玲 志豪 雅婷 淑芬 俊傑 怡君 家豪 宗翰 佳穎 冠宇 淑惠 建宏 承恩 詩涵";
    let japanese = "花子 一郎 健 美咲 翔太 陽菜 大輔 結衣 誠 愛 直樹 恵子";
    let korean =
        "김철수 이영희 박지훈 최민수 정수빈 강하늘 조은별 윤서연 장도현 임재범 한가람 오세훈 서동주 신유진";
    let western = "Jürgen Müller|José García|François Lefèvre|Zoë Kravitz|Søren Ødegård|Åsa Öberg|Inés Núñez|João Gonçalves|Günther Groß|Renée Côté|Çelik Ünal|Élodie Dûpont";
    let russian = "Иван Иванов|Ольга Смирнова|Софья Кузнецова|Анна|Сергей Петров|Одинцов Лев|Енина Соня|Наталья Новикова|Людмила|Юрий";
    let families = |encoding: &'static Encoding| {
        super::super::words::family_names().filter(move |name| !encoding.encode(name).2)
    };
    let made = |encoding: &'static Encoding, given: &str, japanese: bool| -> Vec<String> {
        let given: Vec<&str> = given.split(' ').collect();
        families(encoding)
            .filter(|name| !japanese || name.chars().count() > 1)
            .enumerate()
            .map(|(i, name)| format!("{name}{}", given[i % given.len()]))
            .filter(|name| !encoding.encode(name).2)
            .collect()
    };
    let listed = |text: &str, mark: char| text.split(mark).map(str::to_owned).collect::<Vec<_>>();
    let lists = [
        (GB18030, made(GB18030, simplified, false)),
        (BIG5, made(BIG5, traditional, false)),
        (SHIFT_JIS, made(SHIFT_JIS, japanese, true)),
        (EUC_JP, made(EUC_JP, japanese, true)),
        (EUC_KR, listed(korean, ' ')),
        (WINDOWS_1252, listed(western, '|')),
        (WINDOWS_1251, listed(russian, '|')),
    ];
    for (encoding, names) in lists {
        for rows in [1, 2, 3, 5] {
            let mut wrong = Vec::new();
            for at in 0..names.len() {
                let few: Vec<_> = (0..rows).map(|i| &names[(at + i * 7) % names.len()]).collect();
                let mut text = "email,name\n".to_owned();
                few.iter()
                    .for_each(|name| text.push_str(&format!("p@example.org,{name}\n")));
                let octets = encoding.encode(&text).0;
                let found = found(&octets);
                if found.decode_without_bom_handling(&octets).0 != text {
                    wrong.push(format!("{} {few:?}", found.name()));
                }
            }
            // windows-1250 and 1252 have most letters in common.
            let most = usize::from(encoding == WINDOWS_1252 && rows < 3);
            assert!(
                wrong.len() <= most,
                "{} in {rows} rows: {wrong:?}",
                encoding.name()
            );
        }
    }
}

#[test]
fn little_utf_8_is_utf_8() {
    for name in [
        "José", "Zoë", "Ян", "Лев", "ñ", "Größe", "Çelik", "Łódź", "Иван", "Άννα", "Đỗ",
    ] {
        let text = format!("email,name\na@x.test,Ada\nb@x.test,{name}\n");
        assert_eq!(found(text.as_bytes()), UTF_8, "{name}");
    }
}
