### What `check` says of lists, templates and relays.

# Cells that were broken before they came here.

check-formula-error = 列 `{ $column }` 中有公式出错的结果
check-formula-error-hint = 改正公式，再保存一次名单
check-formula-loading = 列 `{ $column }` 中是表格软件尚未取到数值时显示的字样
check-formula-loading-hint = 等所有数值都显示出来，再保存一次名单
check-column-narrow = 列 `{ $column }` 中是列宽不够时表格软件显示的符号，不是数值本身
check-column-narrow-hint = 把这一列拉宽，再保存一次名单
check-lost-digits = 列 `{ $column }` 中有末尾几位已经丢失的数字：表格软件把它缩短了
check-lost-digits-hint = 先把这一列设为文本格式，重新填写这些数字，再保存名单
check-lost-character = 列 `{ $column }` 中有 `{ $sign }`，它代替了一个已经丢失的字符
check-lost-character-hint = 重新填写这个单元格；或者从名单的来源处重新导出，格式选“CSV UTF-8”
check-misread = 列 `{ $column }` 中有乱码：文字曾按错误的编码读取
check-misread-hint = 应为 `{ $meant }`，请改正；或者从名单的来源处重新导出，格式选“CSV UTF-8”
check-misread-lost-hint = 原文是 `{ $meant }`，其中 { $sign } 表示已经丢失的字符；请重新导出名单，格式选“CSV UTF-8”，或者重新填写这个单元格
check-entities = 列 `{ $column }` 中有 HTML 字符代码，收件人会原样看到这些代码
check-encoded-word = 列 `{ $column }` 中的名字是邮件头用的编码形式，收件人会原样看到
check-write-in-cell-hint = 在单元格中填写 `{ $meant }`
check-misread-template = 这段文字在保存之前就已按错误的编码读取，成了乱码
check-misread-template-hint = 改为 `{ $meant }`，并把文件保存为 UTF-8 编码

# No row is left.
check-no-rows = 名单只有表头，没有数据行
check-no-rows-hint = 每位收件人添加一行
check-all-left-out-where =
    { $rows ->
        [1] 仅有的一行被排除：它不符合 `where` 的条件
       *[other] 全部 { $rows } 行都被排除：没有一行符合 `where` 的条件
    }
check-all-left-out-where-hint = 用 `mailshot columns` 查看各列的内容，对照一下这个条件
check-all-left-out-both =
    { $rows ->
        [1] 仅有的一行被 `where` 或 `_skip` 列排除
       *[other] 全部 { $rows } 行都被 `where` 或 `_skip` 列排除
    }
check-all-left-out-skip =
    { $rows ->
        [1] 仅有的一行被 `_skip` 列排除
       *[other] 全部 { $rows } 行都被 `_skip` 列排除
    }
check-skip-hint = 要保留某一行，就让它的 `_skip` 单元格留空，或者填 no

# Addresses that were hardly meant.
check-typo = `{ $name }` 很像是 { $meant } 的误写
check-no-dot = `{ $name }` 不是完整的域名：其中没有点
check-no-dot-meant = `{ $name }` 不是完整的域名：其中没有点；也许应为 { $meant }
check-no-such-end = `{ $name }` 以 `.{ $end }` 结尾，没有这样的域名
check-looks-like = `{ $name }` 看起来像 { $meant }，其实不同：其中的 `{ $letter }` 是 { $code }
check-mixed-scripts = `{ $name }` 混用了不同文字的字母：其中的 `{ $letter }` 是 { $code }
check-typo-hint = 请改正地址：发到 { $domain } 的邮件会被退回，或者寄给陌生人
check-looks-like-hint = 如果要写的是 { $address }，请改成它：它只用一种文字的字母
check-mixed-scripts-hint = 用同一种文字的字母重新输入这个地址

# Recipients in several rows.
check-duplicates = { $recipients } 位收件人出现在不止一行中（多出 { $rows } 行）
check-duplicates-rows = { $recipient }：第 { $rows } 行
check-duplicates-rows-more = { $recipient }：第 { $rows } …… 行
check-more = 还有 { $more } 个
check-duplicates-key-hint = 要每行发一封邮件，请在 [recipients] 下写明用哪几列区分各行，例如 key = ["email", "course"]
check-duplicates-group-hint = 要把同一个人的各行合成一封邮件，请在 [recipients] 下写 group_by = "email"；模板中用 `rows` 取得这些行
check-duplicates-skip-hint = 要只发给每个人的第一行，请加上 --skip-duplicates

# Header fields.
check-fake-reply = 主题以 `{ $word }` 开头，但这封邮件并不是回复：垃圾邮件过滤器会当作欺骗手法
check-fake-reply-hint = 删去 `{ $word }`；如果确实是回复，请写明回复的是哪封邮件：headers = {"{"} "In-Reply-To" = "<…>" {"}"}
check-shouting = 主题全是大写字母：垃圾邮件过滤器会因此扣分
check-currency = 主题中有货币符号（`{ $sign }`）：垃圾邮件过滤器会因此扣分
check-shouting-hint = 改用小写字母；金额写成文字（“120 元”），或者只写在正文里
check-no-reply = 没有人看发给 `{ $sender }` 的回复：微软要求大量发信的人使用能收到回复的地址
check-no-reply-hint = 用有人看的地址发信，或者在 reply_to 中写上这样的地址，例如 reply_to = "office@uni.example"
check-list-id = 邮件有 List-Unsubscribe，却没有 List-Id，也没有 DKIM 签名：垃圾邮件过滤器会因为邮件列表不完整而扣分
check-list-id-hint = 在 [message] 下写 headers = {"{"} "List-Id" = "Course news <course-news.uni.example>" {"}"}，名称换成自己的（RFC 2919）
check-one-click-no-post = List-Unsubscribe 中有网页，却没有 List-Unsubscribe-Post：Gmail 和 Yahoo 不承认它
check-one-click-no-page = 有 List-Unsubscribe-Post，但 List-Unsubscribe 中没有可提交的 https:// 网页：Gmail 和 Yahoo 不承认它
check-one-click-other = List-Unsubscribe-Post 的值不是 `List-Unsubscribe=One-Click`：Gmail 和 Yahoo 不承认它
check-one-click-hint = 改为在 [message] 下写 unsubscribe = {"{"} url = "https://…" {"}"}，它会写出这两个邮件头
check-one-click-post-hint = 如果网页接受 POST，也可以在 List-Unsubscribe 旁边写 "List-Unsubscribe-Post" = "List-Unsubscribe=One-Click"

# Languages that rows ask for.
check-language-unknown = 列 `{ $column }` 中的 `{ $value }` 不是语言代码：这一行使用通用的文本
check-language-unknown-hint = 填写语言代码，例如 "de" 或 "zh-Hant"；现有的模板语言：{ $languages }
check-language-meant = 列 `{ $column }` 中的 `{ $value }` 被当作语言 `{ $language }`
check-language-meant-hint = 请写成 `{ $language }`：条件和模板文件名中用的都是这种写法
check-language-simplified = 列 `{ $column }` 中的 `{ $value }` 得到的是 `zh` 的文本，而那是简体字
check-language-simplified-hint = 另写一份繁体字的模板，文件名中把 zh 换成 zh-Hant

# Findings in rows.
check-empty-cell = 列 `{ $column }` 在这里是空的
check-empty-cell-used = 列 `{ $column }` 在这里是空的，而模板在 { $place } 处要用到它
check-empty-cell-hint = 填写这个单元格；或者写明为空时用什么代替：{"{{"} { $name } or "…" {"}}"}，或者在前后加上 {"{%"} if { $name } {"%}"} … {"{%"} endif {"%}"}
check-tag-in-cell = 列 `{ $column }` 中有模板标记，会原样发出：单元格的内容是数值，不会当作模板处理
check-tag-in-cell-hint = 把它写到模板里，或者从单元格中删去
check-greeting = 称呼里没有名字：“{ $greeting }”
check-greeting-cell-hint = 在单元格中填写姓名；或者写明没有姓名时用什么代替：{"{{"} name or "all" {"}}"}
check-greeting-template-hint = 在那里写上姓名所在的列：{"{{"} name {"}}"}
check-no-subject = 主题是空的
check-no-subject-hint = 写上主题：没有主题的邮件会被当作垃圾邮件，以后也很难找到
check-clipped = HTML 部分有 { $size }；Gmail 只显示 { $most }，其余的会隐藏
check-clipped-hint = 删去不需要的内容：注释、重复的样式、可以放到网页上的文字
check-unencoded-link = 列 `{ $column }` 未经编码就放进了链接，而 `{ $cell }` 会截断链接，或者改变它的意思
check-unencoded-link-hint = 在链接中写 {"{{"} { $name } | urlencode {"}}"}

# Links and images.
check-image-without-alt =
    { $images ->
        [1] 这张图片没有 `alt`：在不显示图片的地方，收件人什么也看不到
       *[other] { $images } 张图片没有 `alt`：在不显示图片的地方，收件人什么也看不到
    }
check-image-without-alt-hint = 写上 alt="图片的内容"（图片是链接时写链接的去处）；纯装饰的图片写 alt=""
check-link-without-words =
    { $links ->
        [1] 这个链接没有文字：其中图片的 `alt` 是空的，在不显示图片的地方没有人能点开
       *[other] { $links } 个链接没有文字：其中图片的 `alt` 是空的，在不显示图片的地方没有人能点开
    }
check-link-without-words-hint = 在 `alt` 中写明链接的去处：alt="音乐会门票"
check-relative-link =
    { $links ->
        [1] 这个链接不完整：邮件中的链接必须以 https:// 开头
       *[other] { $links } 个链接不完整：邮件中的链接必须以 https:// 开头
    }
check-relative-hint = 写完整的地址，从 https:// 开始
check-relative-image =
    { $images ->
        [1] 这张图片不会显示：图片没有嵌入邮件，地址也不完整
       *[other] { $images } 张图片不会显示：图片没有嵌入邮件，地址也不完整
    }
check-relative-image-hint = 请把图片复制到任务文件夹里，并写上从那里算起的路径：src="images/logo.png"，图片会随邮件发出；或者写完整的地址，从 https:// 开始
check-insecure-link =
    { $links ->
        [1] 这个链接没有加密（http:）
       *[other] { $links } 个链接没有加密（http:）
    }
check-insecure-link-hint = 请写 https://（几乎所有服务器都支持）：邮件软件和过滤器会对 http: 发出警告
check-insecure-image =
    { $images ->
        [1] 这张图片通过不加密的连接载入（http:）
       *[other] { $images } 张图片通过不加密的连接载入（http:）
    }
check-insecure-image-hint = 如果服务器支持，请写 https://：许多邮件软件不载入 http: 的图片
check-embedded-image =
    { $images ->
        [1] 这张图片直接写在 HTML 里（data:）：Gmail 和 Outlook 不显示这样的图片
       *[other] { $images } 张图片直接写在 HTML 里（data:）：Gmail 和 Outlook 不显示这样的图片
    }
check-embedded-image-hint = 把图片保存为文件，在 [message] 下写 inline = {"{"} logo = "logo.png" {"}"}，再用 <img src="cid:logo" alt="…"> 显示
check-drawing =
    { $images ->
        [1] 这张图片是 SVG 格式：Gmail 和 Outlook 不显示这样的图片
       *[other] { $images } 张图片是 SVG 格式：Gmail 和 Outlook 不显示这样的图片
    }
check-drawing-hint = 把它保存为 PNG，宽度取显示宽度的两倍，改用这个文件
check-no-such-image = 没有名为 `{ $image }` 的嵌入图片可在这里显示
check-no-such-image-near-hint = 是不是要写 `cid:{ $near }`？
check-no-such-image-rename-hint = 图片名称只能用英文字母和数字：在 [message] 下写 inline = {"{"} logo = "logo.png" {"}"}，这里写 src="cid:logo"
check-no-such-image-hint = 在 [message] 下写上它的文件：inline = {"{"} { $key } = "{ $file }" {"}"}
check-unused-image = 图片 `{ $image }` 没有在任何地方显示，不会随邮件发出
check-unused-image-hint = 在要显示的地方写 <img src="cid:{ $image }" alt="…">；要作为附件发出，请写在 `attach` 中
check-link-shows-another =
    { $links ->
        [1] 这个链接显示的是 { $shown }，实际指向 { $leads }：垃圾邮件过滤器会当作诈骗
       *[other] 这个链接显示的是 { $shown }，实际指向 { $leads }：垃圾邮件过滤器会当作诈骗（这样的链接有 { $links } 个）
    }
check-link-shows-another-hint = 显示链接真正指向的地址，或者用文字代替地址：<a href="…">课程安排</a>
check-link-to-ip =
    { $links ->
        [1] 这个链接直接用 IP 地址指向服务器（{ $address }）：垃圾邮件过滤器会因此扣分
       *[other] { $links } 个链接直接用 IP 地址指向服务器（{ $address }）：垃圾邮件过滤器会因此扣分
    }
check-link-to-ip-hint = 写服务器的名称：https://www.uni.example/…
check-link-shortener =
    { $links ->
        [1] 这个链接经过 { $service } 转接，看不出最终去处：垃圾邮件过滤器会因此扣分
       *[other] { $links } 个链接经过 { $service } 转接，看不出最终去处：垃圾邮件过滤器会因此扣分
    }
check-link-shortener-hint = 写完整的地址，再长也没关系；在 HTML 中可以用文字代替：<a href="…">课程安排</a>

# Templates.
check-no-recipient-hint = 如果这一行不是收件人（合计、小标题等），在 [recipients] 下写 where = { $condition }，即可跳过这样的行
check-also-at = 另外还在 { $places }
check-also-at-more = 另外还在 { $places } 等处（此外还有 { $more } 处）
check-unused-column = 列 `{ $column }` 没有用到
check-unused-columns = 这些列没有用到：{ $columns }
check-unused-column-hint = 在要填入的地方写 {"{{"} { $name } {"}}"}；邮件不需要的列可以留着，没有影响
check-unused-near-hint = 模板中用到的 `{ $asked }` 不是列名；如果指的是这一列，请在那里写 {"{{"} { $name } {"}}"}
check-unused-control-hint = 如果本意是 `{ $meant }`，请把列 `{ $column }` 改成这个名称
check-no-text-part = 邮件没有自己的纯文本部分：会由 HTML 转换而成，读起来可能不顺
check-no-text-part-hint = 把同样的内容写成纯文本文件，并在这一行旁边写 text = "notice.txt"
check-no-text-part-markdown-hint = 或者用 Markdown 写邮件，两个部分都能很好地生成：markdown = "notice.md"
check-unsafe-value = 用了 `| safe`，单元格的内容连同其中的标签会原样进入 HTML
check-unsafe-value-hint = 删去 `| safe`；要保留换行，请写 {"{{"} text | escape | replace(from="\n", to="<br>") | safe {"}}"}
check-leftover = `{ $placeholder }` 不会被填入内容，将原样发出
check-leftover-alone = { $placeholder } 将原样发出：单封邮件没有名单可用来填入内容
check-leftover-alone-hint = 请直接写出文字，或用 --recipients people.csv 发给名单
check-leftover-hint = 引用一列请写 {"{{"} { $name } {"}}"}；如果就是要显示这些符号，请放在 {"{%"} raw {"%}"} 和 {"{%"} endraw {"%}"} 之间

# What the parts of a message say.
check-no-text = 邮件的纯文本部分是空的：垃圾邮件过滤器会因此扣分
check-no-words = 邮件中没有任何文字：垃圾邮件过滤器会因此扣分
check-no-words-hint = 把邮件的内容写成文字；图片的内容也要写在它的 `alt` 里
check-few-words = 除了图片，邮件几乎没有文字（{ $letters } 个字）：垃圾邮件过滤器会因此扣分
check-few-words-hint = 把图片的内容写成文字，至少 { $enough } 个字；过滤器不计算 `alt`
check-parts-differ = HTML 部分有 { $words } 个词，纯文本部分只含其中 { $known } 个：两部分不一致，垃圾邮件过滤器会因此扣分
check-parts-differ-hint = 在这个文件中按同样的顺序写出 HTML 的内容；或者删去 [message] 下的 `text`，由 HTML 自动生成
check-hidden-tiny = `{ $words }` 的字号为零：垃圾邮件过滤器会因为隐藏文字而扣分
check-hidden-tiny-hint = 删去 font-size；如果只是想隐藏供邮件列表显示的摘要行，用 style="display:none; max-height:0; overflow:hidden" 就够了
check-hidden-coloured = `{ $words }` 的颜色和背景相同：垃圾邮件过滤器会因为隐藏文字而扣分
check-hidden-coloured-hint = 换一种看得见的颜色，或者删去这些文字
