//! Words that occur in tables of people: names of columns, and what people are called.

use std::sync::LazyLock;

/// What spreadsheet programs make of a box that is not ticked, in lower case.
const FALSE_WORDS: &str = "
    false, falsch, faux, falso, onwaar, falskt, falsk, usann, epätosi, fałsz, nepravda, hamis,
    fals, yanlış, ложь, хиба, невярно, ψευδησ, ψευδής, neteisinga, aplams, väär, netočno, laž";

/// Whether a cell is an unticked box.
pub(super) fn is_false(cell: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| words(FALSE_WORDS).collect());
    // Nearly every first cell of a row comes by here, and most differ in their first letter.
    let lower = || cell.trim().chars().flat_map(char::to_lowercase);
    WORDS.iter().any(|word| word.chars().eq(lower()))
}

/// Whether a character is invisible and has no meaning at the end of a word: copying from web pages
/// and address books leaves them behind (zero-width blanks, marks of direction, soft hyphens).
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
            ..='\u{202e}' | '\u{2060}' | '\u{2066}'
            ..='\u{2069}' | '\u{feff}'
    )
}

/// What columns are called, in lower case, where it takes more than ASCII to say it.
const HEADER_WORDS: &str = "
    姓名, 名字, 邮箱, 邮件, 电子邮件, 学号, 学生, 学院, 课程, 成绩, 分数, 班级, 电话, 手机,
    性别, 备注, 公司, 部门, 地址, 日期, 年级, 专业, 单位, 职务, 编号, 老师, 教师, 时间, 学校,
    序号, 称呼, 城市, 国家, 金额, 考试, 附件, 语言, 主题, 電子郵件, 郵件, 電郵, 信箱, 郵箱,
    課程, 學號, 學生, 學院, 電話, 手機, 性別, 備註, 部門, 班級, 成績, 分數, 年級, 單位, 職務,
    編號, 老師, 教師, 時間, 學校, 序號, 稱呼, 國家, 金額, 考試, 語言, 主題, 氏名, 名前, お名前,
    メール, メールアドレス, 会社, 会社名, 電話番号, 学籍番号, 番号, 住所, 備考, 部署, 所属,
    学年, 日付, 件名, フリガナ, ふりがな, 이름, 성명, 이메일, 메일, 전화, 전화번호, 휴대폰,
    회사, 부서, 주소, 학번, 과목, 학과, 학교, 성별, 비고, 날짜, 번호, 학생, straße,
    anschrift (straße), größe, empfänger, prénom, société, téléphone, numéro, civilité,
    teléfono, dirección, número, correo electrónico, compañía, país, título, endereço,
    município, fælles, sähköposti, år, förnamn, città, società, imię, imię i nazwisko, płeć,
    miejscowość, jméno, příjmení, město, název, név, cím, város, keresztnév, vezetéknév,
    prénume, uczeń, имя, фамилия, отчество, почта, эл. почта, электронная почта, адрес,
    телефон, город, курс, группа, компания, дата, предмет, фио, ім'я, прізвище, пошта, име,
    όνομα, επώνυμο, τηλέφωνο, διεύθυνση, adı, soyadı, şehir, öğrenci, ünvan";

/// What families are called, the most frequent ones.
const FAMILY_NAMES: &str = "
    王, 李, 张, 刘, 陈, 杨, 黄, 赵, 吴, 周, 徐, 孙, 马, 朱, 胡, 郭, 何, 林, 罗, 高, 郑, 梁, 谢,
    宋, 唐, 许, 邓, 韩, 冯, 曹, 彭, 曾, 肖, 田, 董, 潘, 袁, 蔡, 蒋, 余, 于, 杜, 叶, 程, 魏, 苏,
    吕, 丁, 任, 卢, 姚, 沈, 钟, 姜, 崔, 谭, 陆, 范, 汪, 廖, 石, 金, 韦, 贾, 夏, 付, 方, 邹, 熊,
    白, 孟, 秦, 邱, 侯, 江, 尹, 薛, 闫, 段, 雷, 龙, 史, 陶, 贺, 顾, 毛, 郝, 龚, 邵, 万, 钱, 覃,
    武, 戴, 孔, 汤, 庞, 樊, 兰, 殷, 施, 洪, 翟, 安, 欧阳, 上官, 司马, 張, 劉, 陳, 楊, 黃, 趙,
    吳, 孫, 馬, 羅, 鄭, 謝, 許, 鄧, 韓, 馮, 葉, 蘇, 盧, 鍾, 譚, 陸, 賴, 莊, 簡, 游, 詹, 歐, 呂,
    蔣, 蕭, 龔, 嚴, 湯, 溫, 連, 柯, 翁, 顏, 歐陽, 佐藤, 鈴木, 高橋, 田中, 伊藤, 渡辺, 渡邊,
    山本, 中村, 小林, 加藤, 吉田, 山田, 佐々木, 山口, 松本, 井上, 木村, 斎藤, 齋藤, 清水, 山崎,
    阿部, 森, 池田, 橋本, 山下, 石川, 中島, 前田, 藤田, 小川, 後藤, 岡田, 長谷川, 村上, 近藤,
    石井, 坂本, 遠藤, 青木, 藤井, 西村, 福田, 太田, 三浦, 藤原, 岡本, 松田, 中川, 中野, 原田,
    小野, 田村, 竹内, 金子, 和田, 中山, 石田, 上田, 森田, 柴田, 酒井, 工藤, 横山, 宮崎, 宮本,
    内田, 高木, 谷口, 安藤, 丸山, 今井, 大野, 高田, 菅原, 河野, 武田, 藤本, 上野, 杉山, 千葉,
    村田, 増田";

/// Syllables of Korean names.
pub(super) const COMMON_SYLLABLES: &str = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모국은영수철희미숙경혜순자준재호상동훈우민서연지현성빈윤아예린하율도시건태세찬규용광병종학범석식완환일승혁";

/// What columns are called, where it takes more than ASCII to say it.
pub(super) fn header_words() -> impl Iterator<Item = &'static str> {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| words(HEADER_WORDS).collect());
    WORDS.iter().copied()
}

/// What families are called.
pub(super) fn family_names() -> impl Iterator<Item = &'static str> {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| words(FAMILY_NAMES).collect());
    NAMES.iter().copied()
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split([',', '\n'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
}
