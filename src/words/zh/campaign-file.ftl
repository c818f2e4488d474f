### What `campaign` says of the campaign file: its TOML, and values that are not of their kind.

campaign-file-unreadable = 无法读取任务文件：{ $why }
campaign-file-unreadable-permission = 请检查谁可以读取它，或以那个用户的身份运行 mailshot
campaign-file-unreadable-hint = 请看看现在那里是什么，并把任务文件放回原处
campaign-file-not-utf-8 = 任务文件不是 UTF-8 文本（第 { $line } 行）
campaign-file-not-utf-8-hint = 请在编辑器中把它保存为 UTF-8

campaign-file-unknown-key = 未知的键 `{ $key }`
campaign-file-keys-here = 这里可以用的键是：{ $keys }
campaign-file-must-be = `{ $key }` 必须是{ $wanted }
campaign-file-must-be-but-is = `{ $key }` 必须是{ $wanted }，而不是{ $found }
campaign-file-must-be-one-of = `{ $key }` 必须是 { $choices }
campaign-file-table-hint = 请写 [{ $table }]，再把它的键写在下面各行

campaign-file-wanted-text = 引号中的文本
campaign-file-wanted-texts = 引号中的文本，或这种文本的列表
campaign-file-wanted-flag = true 或 false
campaign-file-wanted-number = { $least } 到 { $most } 之间的整数
campaign-file-wanted-duration = 一段时间，例如 "30s"、"5m" 或 "1h"
campaign-file-wanted-sheet = 引号中的工作表名，或从 1 开始的编号
campaign-file-wanted-table = 一个表

campaign-file-found-text = 文本
campaign-file-found-number = 数字
campaign-file-found-fraction = 小数
campaign-file-found-flag = true 或 false
campaign-file-found-date = 日期
campaign-file-found-list = 列表
campaign-file-found-table = 表

campaign-file-bad-attachment = 附件要写成引号中的文件名
campaign-file-bad-attachment-hint = 请写 attach = ["map.pdf"]；如果每行的文件不同，请写 {"{"} path = "letters/{"{{"} id {"}}"}.pdf" {"}"}
campaign-file-attachment-without-path = 这个附件没有 `path`
campaign-file-attachment-without-path-hint = 请写 {"{"} path = "letters/{"{{"} id {"}}"}.pdf" {"}"}
campaign-file-bad-signature = 签名要写成一个表
campaign-file-bad-signature-hint = 请写 dkim = {"{"} domain = "uni.example", selector = "s1", key = {"{"} file = "dkim.pem" {"}"} {"}"}；`mailshot dkim new` 会生成密钥并显示这一行
campaign-file-relay-not-a-table = `relay.{ $name }` 必须是单独的表
campaign-file-relay-not-a-table-hint = 每个发信服务器都有名字：请在它的键上方写 [relay.school]

campaign-file-literal-password = 密码不能写在这个文件里
campaign-file-literal-client-secret = 客户端密钥不能写在这个文件里
campaign-file-literal-refresh-token = 刷新令牌不能写在这个文件里
campaign-file-literal-key = 私钥不能写在这个文件里
campaign-file-literal-hint = 文件会被复制、转发和备份：请把它删掉；如果别人已经看到过，请更换它
campaign-file-several-passwords = 密码只能有一个来源，不能有几个
campaign-file-several-client-secrets = 客户端密钥只能有一个来源，不能有几个
campaign-file-several-refresh-tokens = 刷新令牌只能有一个来源，不能有几个
campaign-file-several-keys = 私钥只能有一个来源，不能有几个
campaign-file-bad-keyring = `keyring` 必须是 true，或引号中的条目服务名
campaign-file-forms-of-password = 请写 password = {"{"} env = "MAILSHOT_PASSWORD" {"}"}、{"{"} command = "pass show smtp/uni" {"}"}、{"{"} file = "password.txt" {"}"} 或 {"{"} keyring = true {"}"}；都不写时，mailshot 会在终端里询问
campaign-file-forms-of-client-secret = 请写 client_secret = {"{"} env = "MAILSHOT_CLIENT_SECRET" {"}"}、{"{"} command = "pass show oauth/client" {"}"}、{"{"} file = "client-secret.txt" {"}"} 或 {"{"} keyring = true {"}"}
campaign-file-forms-of-refresh-token = 请写 refresh_token = {"{"} keyring = true {"}"}（`mailshot login` 会把它保存在那里）、{"{"} env = "MAILSHOT_REFRESH_TOKEN" {"}"}、{"{"} command = "pass show oauth/refresh" {"}"} 或 {"{"} file = "refresh-token.txt" {"}"}
campaign-file-forms-of-key = 请写 key = {"{"} file = "dkim.pem" {"}"}、{"{"} env = "MAILSHOT_DKIM_KEY" {"}"}、{"{"} command = "pass show dkim/uni" {"}"} 或 {"{"} keyring = true {"}"}；`mailshot dkim new` 会生成这样的文件

# What is not TOML; the parser's own words follow in brackets.
campaign-toml = { $what }（TOML：{ $own }）
campaign-toml-unclosed = 引号中的文本在这一行没有结束
campaign-toml-unclosed-hint = 请在文本末尾写上结束的引号；多行文本写在 """ 和 """ 之间
campaign-toml-unclosed-lines = 以 """ 或 ''' 开头的文本没有结束
campaign-toml-unclosed-lines-hint = 请在文本末尾写上同样的三个引号
campaign-toml-escape = "…" 中的反斜杠是转义符的开头，例如 \n，而这里不是转义符
campaign-toml-escape-hint = 路径中请改写 /，或使用单引号：'C:\Users\li.xlsx'
campaign-toml-control = 单行引号中的文本不能含有这个字符
campaign-toml-control-hint = 换行请写 \n，制表符请写 \t
campaign-toml-curly = { $mark } 不是半角直引号
campaign-toml-curly-hint = 请用半角直引号写成 "…"
campaign-toml-wide = { $mark } 是全角字符
campaign-toml-wide-hint = 请切换到英文输入，写成 { $plain }
campaign-toml-duplicate = `{ $key }` 出现了两次
campaign-toml-duplicate-hint = 请删掉其中一个，或把两个表的键放在同一个标题下
campaign-toml-key = 含有 A-Z、a-z 以外字母的键必须写在引号中
campaign-toml-comment = { $mark } 不能用来开始注释
campaign-toml-comment-hint = 注释以 # 开头
campaign-toml-bad-key = 这不是键
campaign-toml-key-hint = 键只用字母 A-Z、a-z、数字、- 和 _；其他的要写在引号中："姓名" = "…"
campaign-toml-no-equals = 键后面没有 =
campaign-toml-no-equals-hint = 每行的写法是 键 = 值，例如 subject = "教室变更"
campaign-toml-no-value = = 后面没有值
campaign-toml-no-value-hint = 请写上值，或删掉这一行
campaign-toml-unquoted = 这段文本没有加引号
campaign-toml-unquoted-hint = 请写 键 = "文本"；只有数字、true、false、列表和表不加引号
campaign-toml-boolean = 这既不是 true 也不是 false
campaign-toml-boolean-hint = 请用小写写 true 或 false；文本要加引号
campaign-toml-number = 这不是数字
campaign-toml-number-hint = 只写数字，开头不要有 0；文本（包括电话号码）要加引号
campaign-toml-after-value = 值后面还有别的内容
campaign-toml-after-value-hint = 每个键单独写一行；多个词的文本写在同一对引号中，文本里有双引号时外面用单引号：'请说"到"'
campaign-toml-extra-equals = 多了一个 =
campaign-toml-extra-equals-hint = 每行的写法是 键 = 值，例如 subject = "教室变更"
campaign-toml-table = 这个表的标题没有结束
campaign-toml-table-hint = 请像 [message] 这样单独写一行
campaign-toml-open-list = 列表没有结束
campaign-toml-open-list-hint = 请在末尾写 ]
campaign-toml-open-braces = 大括号没有结束
campaign-toml-open-braces-hint = 请在末尾写 {"}"}
campaign-toml-comma = 少了一个逗号
campaign-toml-comma-hint = 请在两项之间写逗号，例如 ["a.pdf", "b.pdf"]
campaign-toml-extra-comma = 多了一个逗号
campaign-toml-extra-comma-hint = 请删掉一个逗号
campaign-toml-line-end = 这一行的换行方式不符合 TOML
campaign-toml-line-end-hint = 请用 Windows 或 Unix 的换行方式保存文件
campaign-toml-not-a-table = `{ $key }` 已经有值，不能再有下级的键
campaign-toml-not-a-table-hint = 请删掉这个值，或给表另起一个名字
campaign-toml-other = 这不是 TOML
campaign-toml-other-hint = 每行的写法是 键 = 值，每个键只写一次；文本写在引号中，引号在同一行结束
