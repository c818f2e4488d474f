### 收件人的状态

explain-group-statuses = 收件人的状态
    .about = 每位收件人的结果：report.csv 的 `mailshot_status` 列、发送记录和 `mailshot status`。

explain-pending =
    .title = 还没有发
    .means = 这位收件人在本次群发里，还没有任何一次尝试有了结果。
    .why = 邮件还要发。也可能是 `--where`、`--only` 或 `--limit` 让前几次运行没有选到这位收件人。
    .do =
        继续这次群发：
          mailshot send

explain-accepted =
    .title = 发信服务器已接收邮件
    .means = 发信服务器答应接收整封邮件，从此由它负责。
    .why = 发信人当时能知道的只有这么多。如果邮箱已满或已注销，邮件以后仍可能被退回。
    .do = 不用做什么。本次群发不会再发给这位收件人。

explain-rejected =
    .title = 邮件被发信服务器拒绝，不必再试
    .means = 发信服务器回复了以 5 开头的代码，例如没有这个邮箱。它的原话在 `mailshot_reply` 里。
    .why = 再试也会被拒，次数多了会损害发件人的信誉。
    .do =
        在名单里改正地址：换了地址就是新的收件人。如果被拒的原因已经不存在：
          mailshot send --retry-rejected

explain-deferred =
    .title = 发信服务器每次都说暂时不接收
    .means = 发信服务器回复了以 4 开头的代码（“请稍后再试”），本次运行的尝试次数已经用完。
    .why = 邮件还没有送达。
    .do =
        过一会儿再运行，暂缓的收件人也会再发：
          mailshot send

explain-in_doubt =
    .title = 无法知道发信服务器有没有接收邮件
    .means = 邮件已经交出去，而在记下发信服务器的答复之前，连接断了，或者电脑出了故障。
    .why = 再发一次，对方可能收到两封；不再发，对方可能一封也没有。mailshot 不替你决定。
    .do =
        看看是谁、什么时候发的，以及用哪些命令来决定：
          mailshot status --in-doubt

explain-invalid =
    .title = 这一行不能作为收件人
    .means = 这一行的地址、单元格或附件有错，被 `--skip-invalid` 排除了。
    .why = 这个人收不到邮件。
    .do =
        改正这一行：`results/faults.csv` 写明了错在哪里。下一次运行就会发给它：
          mailshot send

explain-suppressed =
    .title = 收件人在退订名单中
    .means = `suppress` 里的某个名单，或者你自己的退订名单，有一条指这个地址。`mailshot_reply` 里写明了名单和行号。
    .why = 要求不再收信的人，邮件和抄送都不会收到。
    .do =
        不用做什么。如果弄错了，把地址从名单里去掉：
          mailshot unsubscribe --remove ada@example.org

explain-bounced =
    .title = 发信服务器接收之后，邮件被退回
    .means = `mailshot inbox` 收取的一封邮件说明，这封邮件没有送达。`mailshot_reply` 中有退信的类别（hard、soft、sender 或 unsure）、原因和对方系统的原话。
    .why = 收件人没有收到邮件。继续向失效的地址发送会损害发件人的信誉；因发件人或发信服务器而被退回，则与收件人无关。
    .do =
        在本次群发中，mailshot 不会再向这位收件人发送。可以查看是哪些邮件这样说的，如果有误就撤销：
          mailshot status --recipient ada@example.org
          mailshot inbox --undo ID

explain-duplicate =
    .title = 前面有一行是同一位收件人
    .means = 这一行被 `--skip-duplicates` 排除了。
    .why = 这位收件人收到一封邮件，也就是第一行的那封。
    .do =
        不用做什么。如果这些行是不同的人或不同的邮件，在 [recipients] 下写明怎么区分：
          key = ["email", "course"]

### 运行结束的原因

explain-group-reasons = 运行结束的原因
    .about = 运行结束的原因：summary.json 和 `finished` 事件里的 `reason`。

explain-done =
    .title = 选定的全部完成
    .means = 本次运行选定的收件人都已接收（或写入，或有效），或者本来就没有要做的。
    .why = 退出码是 0。
    .do = 不用做什么。

explain-left_rejected =
    .title = 运行结束，有些收件人被拒
    .means = 发信服务器拒绝了这些邮件，不必再试。`results/failed.csv` 列出了它们和发信服务器的原话。
    .why = 这些人没有收到邮件。退出码是 1。
    .do =
        查看名单，改正地址：
          mailshot report --only rejected

explain-left_deferred =
    .title = 运行结束，有些收件人暂缓
    .means = 本次运行试了规定的次数，发信服务器每次都说暂时不接收。
    .why = 这些人还没有收到邮件。退出码是 1。
    .do =
        过一会儿再运行：
          mailshot send

explain-left_in_doubt =
    .title = 运行结束，有些收件人存疑
    .means = 有些邮件已经交出去，而没有记下发信服务器的答复：对方可能已经收到。
    .why = 在你决定之前，mailshot 不会再发给他们。退出码是 1。
    .do =
        看看是谁，该怎么办：
          mailshot status --in-doubt

explain-usage =
    .title = 命令用得不对，或者与之前的发送不符
    .means = 选项互相矛盾、名称不存在，或者这次群发的状态不允许这样做。
    .why = 什么都没有发出。退出码是 2。
    .do =
        提示里写明了该用哪个命令。查看一个命令的所有选项：
          mailshot send --help

explain-campaign =
    .title = 任务、模板或它们用到的文件有问题
    .means = 任务文件、选项、模板、名单或证书文件无法使用。
    .why = 什么都没有发出。退出码是 2。
    .do =
        改正显示的问题，再检查一遍：
          mailshot check

explain-findings =
    .title = 检查发现错误，或者有些行作为无效被排除
    .means = 至少有一封邮件无法生成，或者有收件人重复。用了 `--skip-invalid` 时：运行已经结束，有些行被排除。
    .why = 有错误时什么都没有发出，退出码是 2。只是排除了一些行时，退出码是 1。
    .do =
        查看全部问题，改正这些行，再运行一次。`results/faults.csv` 里也有：
          mailshot check

explain-secret =
    .title = 缺少密码、令牌或密钥
    .means = 任务写明了发信服务器的密码在哪里，而那里没有或者无法读取。也可能什么都没写，又没有终端可以询问。
    .why = 什么都没有发出。退出码是 2。
    .do =
        把密码存进系统的密钥环。下面的命令会询问并验证，`school` 是任务文件里发信服务器的名称：
          mailshot login school
        并在发信服务器下写上：
        {"  password = { keyring = true }"}

explain-login =
    .title = 发信服务器拒绝登录
    .means = 用户名或密码不对，或者服务商要求专门给程序用的密码，或者双方没有共同的登录方式。
    .why = 这台发信服务器什么都发不出去。错误的密码 mailshot 只试一次，以免账号被封。退出码是 2。
    .do =
        很多服务商要求使用授权码或应用专用密码，在它的网页上生成。用下面的命令输入，`school` 是任务文件里发信服务器的名称：
          mailshot login school

explain-relay_refuses =
    .title = 发信服务器无法按任务的设置使用
    .means = 发信服务器明确拒绝了连接或发件人，或者它的名称不存在、证书无效，或者不提供任务要求的加密。
    .why = 再试也是一样。什么都没有发出时退出码是 2，否则是 3。
    .do =
        按提示改正 `server`、`from` 或证书，然后试一试，不会发出邮件：
          mailshot check --connect

explain-relay_down =
    .title = 发信服务器连不上，或者暂时什么都不接收
    .means = 没有连上、没有及时回答，或者发信服务器说“请稍后再试”。
    .why = 已经发出的都有记录，不会有人收到两封。什么都没有发出时退出码是 4，否则是 3。
    .do =
        过一会儿再运行同样的命令，不要早于 `results/summary.json` 里的 `retry_at`：
          mailshot send

explain-quota =
    .title = 限额已用完
    .means = 这一小时或这一天发出的邮件，已经达到 `rate`、预设或发信服务器允许的数量。
    .why = 再发会被拒绝，账号还可能被封。什么都没有发出时退出码是 4，否则是 3。
    .do =
        等到 `results/summary.json` 里 `retry_at` 的时间，再运行同样的命令。或者让它等待：
          mailshot send --wait

explain-signal =
    .title = 有人结束了运行
    .means = 按了 Ctrl-C、运行了 `mailshot stop`、关闭了终端，或者在询问时回答了“否”。
    .why = 已经发出的都有记录，不会有人收到两封。
    .do =
        同样的命令会继续发给剩下的人：
          mailshot send

explain-breaker =
    .title = 发信服务器对每封邮件都同样拒绝
    .means = 一封也没有接收，就连续几封因为同样的理由被拒：问题在邮件或发件人，不在收件人。
    .why = mailshot 停了下来，以免整个名单都被拒。退出码是 3；如果什么都没有发出，是 2。
    .do =
        发信服务器的原话说明了原因。修改邮件或发件人，先发给自己试试：
          mailshot send --test-to you@uni.example

explain-max_failures =
    .title = 失败的收件人多于 `--max-failures` 允许的数量
    .means = 本次运行中被拒的收件人达到了你规定的数量，所以停了下来。
    .why = 剩下的人都是待发。
    .do =
        看看原因。如果是收件人自身的问题，就用更大的数字继续：
          mailshot report --only rejected

explain-inputs_changed =
    .title = 任务的文件有改动
    .means = 任务文件、名单、模板或附件，与运行开始时或第一封邮件发出时不一样了。
    .why = 这样一来，有些人收到的邮件会与别人不同。要不要这样，由你决定。
    .do =
        如果是发送途中保存了文件，再运行一次同样的命令。要用新内容继续发给剩下的人：
          mailshot send --accept-changes

explain-ledger =
    .title = 发送记录、报告或用户数据无法读写
    .means = 磁盘已满、文件损坏或属于别的用户，或者被别的程序锁住。
    .why = 记录不下来的，mailshot 一封也不发：否则就不知道谁已经收到。
    .do = 腾出空间，或者改正所指文件夹的权限，然后再运行同样的命令。

explain-ledger_replaced =
    .title = 发送记录不是运行开始时的那一份
    .means = 发送途中，发送记录的文件被删除、移走或替换。
    .why = 在那之后发出的邮件记在旧文件里。换成另一份，就会有人收到两封。
    .do =
        把发送记录放回原处，再看看群发进行到哪里：
          mailshot status

explain-locked =
    .title = 另一个运行正在使用这个任务
    .means = 这个任务的 `mailshot send` 正在进行，也许在另一个窗口，也许在另一台电脑上。
    .why = 两个运行同时进行，同样的邮件会发两遍。退出码是 4。
    .do =
        等它结束，或者让它停止：
          mailshot stop

explain-internal =
    .title = mailshot 有缺陷
    .means = 发生了不该发生的事。在那之前发出的邮件都有记录。
    .why = 运行提前结束。
    .do =
        请把显示的内容报告给我们。同样的命令会继续发给剩下的人：
          mailshot send

### 退出码

explain-group-exit-codes = 退出码
    .about = 退出码。

explain-0 =
    .title = 一切正常
    .means = 选定的收件人都已接收（或写入，或有效），或者本来就没有要做的。警告不影响退出码。
    .why = 脚本可以继续往下走。
    .do = 不用做什么。

explain-1 =
    .title = 运行结束，但不是人人都成功
    .means = 运行到了末尾。有些收件人被拒，或者有人暂缓、存疑、无效。
    .why = 有些人没有收到邮件，或者不确定是否收到。
    .do =
        看看是谁：
          mailshot status

explain-2 =
    .title = 什么都没有发出，要先改正
    .means = 选项、任务、名单、密码、证书有问题，或者发信服务器拒绝登录、拒绝发件人。
    .why = 再运行也是同样的结果。
    .do = 按提示去做。如果运行已经开始，`results/summary.json` 里的 `reason` 写明了是哪一类。

explain-3 =
    .title = 发出了一部分，提前停止
    .means = 运行因为信号、限额、发信服务器故障或磁盘故障而结束。
    .why = 已经发出的都有记录，不会有人收到两封。
    .do =
        再运行同样的命令就会继续：
          mailshot send

explain-4 =
    .title = 什么都没有发出，同样的命令以后也许能行
    .means = 发信服务器连不上或者说“请稍后再试”，限额用完，另一个运行正在使用这个任务，或者在发第一封之前就被停止。
    .why = 不需要改什么。
    .do = 过一会儿再运行同样的命令。`results/summary.json` 里的 `retry_at` 写明了时间（如果知道）。
