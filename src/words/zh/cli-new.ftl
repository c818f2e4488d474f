### mailshot new：它的提问，和它写的文件。

cli-new-made =
    { $folder } 是一个新任务，由模板 { $template } 生成。

    接下来：
    {"  "}编辑 { $folder }/mailshot.toml 和旁边的文件
    {"  "}mailshot check { $word }
    {"  "}mailshot send { $word } --dry-run
    {"  "}mailshot send { $word } --sandbox
cli-new-made-list =
    { $folder } 是一个新任务，名单是 { $list }，通过 { $relay } 发送。名单留在原处，以后的改动也算数。

    接下来：
    {"  "}在 { $letter } 里写正文
    {"  "}mailshot check{ $word }
    {"  "}mailshot send{ $word } --dry-run
    {"  "}mailshot send{ $word } --test-to { $sender }
cli-new-made-sample =
    { $folder } 是一个新任务，用的是示例名单，通过 { $relay } 发送。

    接下来：
    {"  "}换掉 { $folder } 里的示例名单和正文
    {"  "}mailshot check{ $word }
    {"  "}mailshot send{ $word } --dry-run
    {"  "}mailshot send{ $word } --test-to { $sender }
cli-new-no-template = 没有模板 `{ $template }`
cli-new-hint-templates = 模板有：{ $templates }
cli-new-not-made = 没有创建 { $folder }。
cli-new-from-mailmerge = { $folder } 是一个新任务，有 { $rows } 行，由 { $old } 中的 mailmerge 文件生成。
cli-new-warnings = 上面有 { $warnings } 条警告，说明了还要做什么。
cli-new-next =
    接下来：
    {"  "}mailshot check { $word }
    {"  "}mailshot send { $word } --dry-run
    {"  "}mailshot send { $word } --sandbox
cli-new-taken = { $folder } 已存在，而且不是空的
cli-new-hint-taken = 请写一个新文件夹；没有作任何改动
cli-new-has-campaign = { $folder } 已存在，里面有一个任务
cli-new-file = { $file } 已存在，而且是一个文件
cli-new-hint-file = 要用这份名单新建任务：mailshot new --list { $file }

## 提问

cli-new-asks = 现在新建一个任务：一个文件夹，里面有任务文件和一封信。按 Ctrl-C 停止；答完之前不会创建任何文件。
cli-new-ask-list = 名单（.xlsx、.csv 等，可以把文件拖到这里；直接按回车用示例名单）：{" "}
cli-new-ask-header = 列名在第几行：{" "}
cli-new-no-row = 请输入行号。
cli-new-ask-addresses = 邮箱在哪一列（列名或编号）：{" "}
cli-new-which-addresses = 看不出邮箱在哪一列：{ $columns }
cli-new-no-column = 没有列 `{ $column }`。
cli-new-ask-sender = 发件人（自己的邮箱，例如 李老师 <li@uni.example>）：{" "}
cli-new-ask-provider = 邮箱服务商（上面的名字或编号，或者服务器：smtps://HOST）：{" "}
cli-new-ask-provider-or = 邮箱服务商（直接按回车用 { $guess }；? 列出全部；或者服务器：smtps://HOST）：{" "}
cli-new-no-provider = 请输入名字或编号。
cli-new-ask-user = 在 { $provider } 的登录名：{" "}
cli-new-ask-user-or = 在 { $provider } 的登录名（直接按回车用 { $likely }；不需要登录就输入 -）：{" "}
cli-new-stopped = 已停止。没有创建任何文件。
cli-new-nothing = 没有创建任何文件。
cli-new-found = { $list }：{ $rows }。列：{ $columns }。
cli-new-rows = { $rows } 行
cli-new-found-sheet = 工作表：{ $sheet }（换一个：--sheet NAME）
cli-new-found-to = 收件人：{ $to }
cli-new-found-no-name = 收件人：{ $to }（看不出姓名在哪一列）

## 缺少什么，错在哪里

cli-new-missing = 缺少 { $flags }，这里又没有终端可以提问
cli-new-hint-missing = 请加上：{ $command }
cli-new-hint-presets = NAME 可以是 { $presets }；别的服务器用 --relay smtps://HOST
cli-new-no-list = 无法读取 { $list }：{ $why }
cli-new-list-empty = { $list } 里没有数据行
cli-new-list-folder = { $list } 是文件夹
cli-new-lists-within = 里面的名单有：{ $lists }
cli-new-list-campaign = { $list } 是任务文件，不是名单
cli-new-list-stdin = 新任务的名单要是一个文件；标准输入读过就没有了
cli-new-no-addresses = 看不出 { $list } 的哪一列是邮箱
cli-new-hint-to = 请用 --to 写明是哪一列，例如 --to { $to }；各列是 { $columns }
cli-new-odd-path = { $list } 的路径无法写进任务文件；请移动文件或改名
cli-new-no-sender = 发件人 `{ $text }` 不是邮箱：{ $why }
cli-new-sender-template = 发件人是一个邮箱，不能是模板
cli-new-hint-sender = 写一个地址，或者姓名加地址：李老师 <li@uni.example>
cli-new-no-preset = 没有预设 `{ $name }`
cli-new-no-user = { $provider } 的登录名不是发件人的地址
cli-new-hint-user = 请加上：{ $command }

## 文件

cli-new-subject = 一封邮件
cli-new-file-head =
    给名单中的每个人发一封自己的邮件。先在 { $letter } 里写正文，再在这个文件夹里运行：
    {"  "}mailshot check                检查每一行，列出所有问题，不发信
    {"  "}mailshot send --dry-run       把每封信写成文件，不发信
    {"  "}mailshot send --sandbox       发给本机的测试服务器，看看结果
    {"  "}mailshot send --test-to { $sender }
    {"  "}                              先给自己发三封
    {"  "}mailshot send                 正式发送
cli-new-file-list = 名单。它留在原处，以后的改动也算数。Excel 表格（.xlsx）直接读取，不用另存；CSV 等格式也可以。
cli-new-file-to = 两层花括号里写列名，发送时换成这一行的内容。
cli-new-file-text = 正文。要放图片和链接，改写成 markdown = "letter.md"
cli-new-file-attach = 给所有人发同一个附件：attach = ["须知.pdf"]。每人一个文件，放在这个文件夹里；去掉行首的 # 就生效：
cli-new-file-attach-found = 找到了每人一个的文件。去掉行首的 # 就会作为附件发送：
cli-new-file-preset = 发信服务器：{ $title }。{ $login }。
cli-new-file-server = 发信服务器：smtps 是端口 465，smtp 是端口 587 加 STARTTLS。
cli-new-file-own = 发信服务器用个人设置里的 `{ $relay }`；写在这个表里的键优先。
cli-new-file-password = 密码不写在这里：发送时会问，输入时不显示。定时运行、没有人输入密码时：先运行一次 mailshot login { $relay }，再在下面写 password = {"{"} keyring = true {"}"}；没有密钥环的服务器上写 password = {"{"} env = "MAILSHOT_PASSWORD" {"}"}。
cli-new-file-rate = 发得太快会被拒收。能发多快，要问服务商。
cli-new-letter-head =
    这几行是给你看的注释，不会出现在信里。名单中的各列在正文里这样写：
cli-new-letter-hello = 你好：
cli-new-letter-greeting = 尊敬的{ $name }：
cli-new-letter-body = 在这里写正文，然后删掉这一行。
cli-new-letter-end = { $sender }
