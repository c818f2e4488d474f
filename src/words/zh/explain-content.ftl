### 邮件的内容

explain-group-message = 邮件的内容
    .about = 收件人看到的邮件是什么样子：关于模板、链接和图片的警告。

explain-unused-column =
    .title = 表格里有些列没有用到
    .means = 模板、地址和任务的其他设置都没有用到这些列。
    .why = 常见的原因是占位符写的名称与列名不一样，于是邮件里缺了你想写的内容。
    .do =
        如果什么都没缺，就不用管：这只是说明，只有列名和模板里要的名称很接近时才是警告。否则把这一列写到该写的地方：
        {"  {{ room }}"}

explain-missing-text-part =
    .title = 邮件有 HTML，却没有单独的纯文本正文
    .means = mailshot 会由 HTML 生成一份纯文本，供不显示 HTML 的人和程序使用。
    .why = 由 HTML 生成的文本读起来不如专门写的通顺。
    .do =
        把同样的内容用普通文字写进一个文件，并在 [message] 下写上：
          text = "notice.txt"
        或者用 Markdown 写邮件，两部分都会生成：
          markdown = "notice.md"

explain-unsafe-value =
    .title = 单元格的内容原样进入 HTML
    .means = 加了 `| safe`，单元格里的标签就成了邮件的标签。不加的话，标签会当作文字显示。
    .why = 谁能填写单元格，谁就能往你的邮件里放链接、图片和样式。
    .do =
        去掉 `| safe`。要保留单元格里的换行：
        {"  {{ text | nl2br }}"}

explain-leftover =
    .title = 有占位符没有填写
    .means = 正文里有大括号或其他程序的占位符，例如 `{"{name}"}`、`*|FNAME|*`，mailshot 不会填写它们。也可能单元格里写了标记：单元格只是值，里面的标记不会填写。
    .why = 每位收件人看到的就是这个占位符。
    .do =
        列名要写在双层大括号里。确实要原样显示的文字放在 raw 和 endraw 之间：
        {"  {{ name }}"}
        {"  {% raw %}{name}{% endraw %}"}

explain-empty-greeting =
    .title = 称呼里没有名字
    .means = 邮件开头是“尊敬的：”“Dear None,”之类：模板这里没有写列，或者单元格是空的。
    .why = 收件人看第一行就知道这是程序发的。
    .do =
        填上单元格，或者写明没有名字时怎么称呼：
        {"  {{ name or \"各位同学\" }}："}

explain-empty-subject =
    .title = 主题是空的
    .means = 这些行的 `subject` 填出来是空的，或者只有空白。
    .why = 没有主题的邮件会被当作垃圾邮件，以后也找不到。
    .do =
        主题里写几个对所有人都一样的字：
        {"  subject = \"教室变更：{{ course }}\""}

explain-clipped-html =
    .title = HTML 的长度超过 Gmail 显示的上限
    .means = Gmail 只显示 HTML 的前 102 kB，其余的藏在一个链接后面。
    .why = 放在最后的往往最重要：签名、地址、退订方式。
    .do =
        删去注释、重复的样式，以及可以放到网页上的文字。图片作为文件附上就不算在内：
        {"  inline = { logo = \"logo.png\" }"}

explain-image-without-alt =
    .title = 图片没有 `alt`
    .means = 图片不显示的时候，显示或朗读的就是 `alt` 里的文字。
    .why = 很多邮件程序默认不显示图片，视障人士什么也听不到，垃圾邮件过滤器也会扣分。
    .do =
        写明图片的内容；如果只是装饰，就写空的：
          <img src="cid:map" alt="教学楼地图">
          <img src="cid:line" alt="">

explain-link-without-words =
    .title = 链接里只有图片，而且 `alt` 是空的
    .means = 链接里没有文字，图片也没有说明。
    .why = 不显示图片的地方，就没有东西可以点。
    .do =
        在 `alt` 里写明链接通向哪里：
          <a href="https://uni.example/tickets"><img src="cid:poster" alt="音乐会购票"></a>

explain-relative-link =
    .title = 链接的地址不完整
    .means = 地址不是以 https:// 开头，像网站内部的链接那样。
    .why = 邮件不在网站上，这样的链接哪里也到不了。
    .do =
        写完整的地址：
          <a href="https://uni.example/rooms/b12.html">B12 教室</a>

explain-relative-image =
    .title = 图片的地址不完整，也没有随邮件附上
    .means = 地址以斜杠开头，或者只有某台电脑、某个网站才认识：图片既不在网上，也不在邮件里。
    .why = 收件人看到的是一个空框。
    .do =
        请把图片复制到任务文件夹里，并写上从那里算起的路径，图片会随邮件发出：
          <img src="images/logo.png" alt="大学校徽">

explain-insecure-link =
    .title = 链接没有加密（http:）
    .means = 地址以 http:// 而不是 https:// 开头。
    .why = 邮件程序和过滤器会对这种链接发出警告，途中的人也能偷看、篡改网页。
    .do = 如果服务器支持，就写 https://，现在几乎都支持。

explain-insecure-image =
    .title = 图片没有加密（http:）
    .means = 图片的地址以 http:// 而不是 https:// 开头。
    .why = 很多邮件程序不加载这样的图片。
    .do =
        如果服务器支持，就写 https://；或者让图片随邮件一起发：
        {"  inline = { logo = \"logo.png\" }"}

explain-embedded-image =
    .title = 图片写在 HTML 里面（data:）
    .means = 图片不是文件，它的数据就写在地址里。
    .why = Gmail 和 Outlook 不显示这样的图片。
    .do =
        把图片存成文件，在 [message] 下写上它，再按这个名称显示：
        {"  inline = { logo = \"logo.png\" }"}
          <img src="cid:logo" alt="大学校徽">

explain-svg-image =
    .title = 图片是 SVG 格式
    .means = 图片是 SVG 格式的矢量图。
    .why = Gmail 和 Outlook 不显示这样的图片。
    .do = 存成 PNG，宽度是显示宽度的两倍，再改用这个文件。

explain-picture-missing =
    .title = HTML 要显示的图片不存在
    .means = HTML 写的图片文件不存在，或者 `cid:` 后面的名称在 `inline` 里没有。
    .why = 收件人看到的是一个空框。这是错误，什么都不会发出。
    .do =
        写上图片的路径，从 HTML 文件或任务所在的文件夹算起，图片会随邮件发出：
          <img src="images/logo.png" alt="大学校徽">
        如果写的是 `cid:`，请在 [message] 下写上图片文件：
        {"  inline = { logo = \"logo.png\" }"}

explain-picture-unused =
    .title = 任务里有一张图片哪里也没显示
    .means = `inline` 写了一张图片，而 HTML 没有显示它。这样它就不会随邮件发出。
    .why = 常见的原因是 `cid:` 后面的名称写得不一样，收件人看不到图片。
    .do =
        在该显示的地方写上它。如果是要收件人保存的文件，请改写到 `attach`：
          <img src="cid:logo" alt="大学校徽">

explain-unencoded-link =
    .title = 链接里的列可能使链接失效
    .means = 某一列原样写进了链接，而至少有一个单元格里含有使地址中断或有特殊含义的字符，例如空格、& 或 #。
    .why = 对这些行来说，链接会通向别处。
    .do =
        让这一列编码：
        {"  https://uni.example/plan?name={{ name | urlencode }}"}

### 垃圾邮件过滤

explain-group-filters = 垃圾邮件过滤
    .about = 垃圾邮件过滤器会扣分的地方：警告。

explain-no-words =
    .title = 邮件里没有文字，或者除了图片几乎没有文字
    .means = 纯文本正文是空的，或者 HTML 里有图片而文字很少。
    .why = 过滤器看不懂图片，会把这样的邮件当作垃圾邮件。不加载图片的人什么也看不到。
    .do = 把图片里的内容写成文字，至少 400 个字。`alt` 里的文字过滤器不算。

explain-parts-differ =
    .title = 纯文本正文与 HTML 的内容不一样
    .means = HTML 里的很多词在纯文本正文里没有。邮件程序只显示其中一种。
    .why = 过滤器会把内容不一的邮件当作垃圾邮件，你的收件人读到的也不一样。
    .do = 按同样的顺序，把 HTML 的内容写进纯文本文件。或者删除 [message] 下的 `text` 一行，由 mailshot 从 HTML 生成。

explain-hidden-text =
    .title = HTML 里有看不见的文字
    .means = 这些文字的字号接近零，或者颜色与背景相同。
    .why = 垃圾邮件常用这种办法隐藏文字，所以过滤器会扣分。
    .do =
        让文字的字号和颜色看得见，或者删除它们。只想在邮件列表里显示一行摘要，可以这样写：
          <div style="display:none; max-height:0; overflow:hidden">新教室是 B12</div>

explain-link-shows-other-host =
    .title = 链接显示一个地址，却通向另一个
    .means = 链接的文字是某个网站的地址，链接本身却通向另一个网站。
    .why = 诈骗邮件就是这样做的，过滤器也按诈骗处理。统计点击的服务常常造成这种情况。
    .do =
        显示链接真正的地址，或者用文字：
          <a href="https://uni.example/plan">计划</a>

explain-link-to-ip =
    .title = 链接通向一个数字地址
    .means = 链接用数字（例如 https://192.0.2.1）而不是域名来指服务器。
    .why = 过滤器会把这样的链接当作垃圾邮件。
    .do =
        写服务器的域名：
          https://www.uni.example/plan

explain-link-shortener =
    .title = 链接用了短网址服务
    .means = 这是 bit.ly 之类服务的地址，会把读者转到另一个地址。
    .why = 没有人看得出它通向哪里，所以过滤器会当作垃圾邮件。
    .do =
        写原来的地址，多长都可以。也可以用文字代替：
          <a href="https://uni.example/a/long/address">计划</a>

explain-fake-reply =
    .title = 主题像是回复，邮件却不是
    .means = 主题以 `Re:`、`AW:`、`回复：` 之类的词开头，而任务没有写明回复的是哪封邮件。
    .why = 过滤器会认为这是骗人打开邮件的手法。
    .do =
        从主题里删去这个词。如果确实是回复，在 [message] 下写明回复的是哪封：
        {"  headers = { \"In-Reply-To\" = \"<原邮件的 Message-ID>\" }"}

explain-shouting-subject =
    .title = 主题全是大写字母，或者有货币符号
    .means = 主题的字母全是大写，或者含有 $、￥ 之类的符号。
    .why = 过滤器对这两种情况都会扣分。
    .do = 改用小写字母；金额用文字写（“120 元”），或者只写在正文里。

explain-no-reply-sender =
    .title = 没有人看这个发件人收到的回复
    .means = 发件人是 noreply@ 之类的地址，又没有用 `reply_to` 写另一个地址。
    .why = Microsoft 要求大量发信的人使用能收回复的地址。无法回复的人也往往会举报垃圾邮件。
    .do =
        用有人看的邮箱发信，或者在 [message] 下写一个：
          reply_to = "office@uni.example"

explain-list-id-missing =
    .title = 邮件有 List-Unsubscribe，却没有 List-Id
    .means = 邮件列表这两个邮件头都有。这封邮件只有其中一个，也没有 DKIM 签名。
    .why = 过滤器会因为不完整而扣分。
    .do =
        在 [message] 下加上 List-Id，名称自己定；或者给邮件签名：
        {"  headers = { \"List-Id\" = \"课程通知 <course-news.uni.example>\" }"}

explain-one-click-by-hand =
    .title = 退订用的邮件头互相不配套
    .means = 任务自己写了 `List-Unsubscribe` 或 `List-Unsubscribe-Post`，而其中一个缺少，或者与另一个不配套。
    .why = Gmail 和 Yahoo 不承认这是一键退订，不显示退订按钮。
    .do =
        去掉这两个邮件头，在 [message] 下改写这一行，mailshot 会自动写好它们：
        {"  unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" }"}
