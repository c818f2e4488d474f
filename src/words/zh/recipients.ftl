### What `recipients` says.

## Why a text is not an address. Continues "… is not an e-mail address: ".

recipients-why-empty = 内容为空
recipients-why-control = 含有换行或其他控制字符
recipients-why-space = 含有空格
recipients-why-invisible = 含有看不见的字符
recipients-why-no-at = 缺少 @
recipients-why-two-ats = 多了一个 @
recipients-why-several = 含有多个地址
recipients-why-comma = 含有逗号或分号
recipients-why-no-local = @ 前面没有内容
recipients-why-long-local = @ 前面的部分超过 64 字节
recipients-why-encoded = @ 前面的部分是编码词（=?…?=），邮件程序会把它读成别的内容
recipients-why-domain = @ 后面的部分不是域名
recipients-why-number = @ 后面是没有加方括号的 IP 地址；加上后应为 name@[192.0.2.1]
recipients-why-route = 写明了中转服务器（@…:），现在的邮件已不支持
recipients-why-scheme = 开头是别的协议（sip:、http: 等），不是邮箱地址
recipients-why-unclosed = < 没有对应的 >
recipients-why-behind = > 后面还有内容
recipients-why-odd = 含有“{ $char }”（U+{ $code }），这是文字处理软件插入的字符，任何地址里都没有
recipients-why-form = 含有该位置不允许的字符（例如连续两个点）

## What to do about a cell.

recipients-fill-cell = 请填写该单元格，或用 --skip-invalid 跳过这样的行
recipients-one-address = 一行对应一个地址的一封邮件；其余地址请放入 cc，或另起一行
recipients-type-anew = 请清空该单元格，重新输入地址
recipients-write-meant = 如果是这个地址，请写成 { $meant }；也可以用 --skip-invalid 跳过这样的行
recipients-correct-cell = 请改正该单元格，或用 --skip-invalid 跳过这样的行

## Addresses of a row.

recipients-name-control = `{ $header }` 中的名称 `{ $name }` 含有换行或其他控制字符
recipients-name-one-line = 名称只能是一行：请删除单元格中的换行
recipients-address-empty = `{ $header }` 中的地址为空
recipients-not-an-address = `{ $value }` 不是邮箱地址：{ $why }

## Address templates.

recipients-return-path = `return_path` 不是邮箱地址：{ $why }
recipients-return-path-help = 请写成 "bounces@uni.example"，只写地址，不写名称
recipients-not-one =
    { $count ->
        [0] `{ $header }` 必须是一个邮箱，这里一个也没有
       *[other] `{ $header }` 必须是一个邮箱，这里有 { $count } 个
    }
recipients-not-one-alone = 其他收件人放入 --cc 或 --bcc；要让每个人各收到一封，请用 --recipients people.csv 发给名单；名称中有逗号时加引号
recipients-not-one-help = 请写成 "{"{{"} name {"}}"} <{"{{"} email {"}}"}>"；名称中有逗号时加引号；其他收件人放入 cc 或 bcc
recipients-several-from = 多人共同署名时，请在 `sender` 中写明由谁发送；Gmail 会拒收这样的邮件
recipients-not-a-mailbox = `{ $header }` 不是邮箱：{ $why }
recipients-not-a-mailbox-help = 请写成 "{"{{"} name {"}}"} <{"{{"} email {"}}"}>" 或 "{"{{"} email {"}}"}"
recipients-written-not-an-address = `{ $header }` 中的 `{ $written }` 不是邮箱地址：{ $why }
recipients-written-help = 请写成 "Registrar <registrar@uni.example>" 或 "registrar@uni.example"

## Columns that the campaign file names.

recipients-columns-alike = { $file } 中有多列都叫 `{ $column }`
recipients-columns-which = 请写明是哪一列：{ $columns }
recipients-no-column = { $file } 中没有 `{ $column }` 列
recipients-did-you-mean = 是否想写 `{ $column }`？
recipients-columns-are = 现有的列：{ $columns }
recipients-rows-differ = 同一封邮件的各行在 `{ $column }` 列的值不一致，而这一列必须相同
recipients-rows-differ-help = 请把该列加入 `group_by`，或把这些单元格改成相同的值

## The column with the addresses, where the campaign file does not name it.

recipients-first-row = { $file } 的第一行不是列名：其中有 { $address }
recipients-first-row-help = 请在它上面插入一行写列名，例如：email,name
recipients-no-email-column = { $file } 中没有名为 `email` 或类似名称的列
recipients-no-email-column-but = { $file } 中没有名为 `email` 或类似名称的列，但 `{ $column }` 列中有地址
recipients-name-the-column = 请在 [message] 下写明地址所在的列：to = "{"{{"} column {"}}"}"
recipients-default-to = { $file }：邮件发往 `{ $column }` 列中的地址；如需更改，请在 [message] 下写 to = "…"
recipients-write-below-message = 请在 [message] 下写：{ $lines }
recipients-several-may = { $file } 中有多列可能是地址：{ $columns }
recipients-column-empty = { $file } 的 `{ $column }` 列是空的，而 `{ $other }` 列中有地址

## Suppression lists.

recipients-list-more = 这份名单还有 { $lines } 行有这样的问题
recipients-listed = { $file } 第 { $line } 行
recipients-listed-by = { $place }：{ $entry }
recipients-listed-by-token = { $place }（按退订标识码）
recipients-line-nobody = 这一行没有地址
recipients-line-neither = `{ $value }` 既不是邮箱地址，也不是退订标识码：{ $why }
recipients-line-too-wide = 这一行有 { $cells } 个单元格，表头有 { $width } 个
recipients-line-help = 请改正或删除这一行；在此之前不会发送，否则它所指的人仍会收到邮件
recipients-domain-instead = { $why }；如指某个域名下的所有人，请写 @{ $domain }
recipients-wildcard-expression = 看起来是正则表达式，这里只支持简单的写法；请写 *@example.org
recipients-wildcard-masked = 内容被打码，无法知道指的是谁
recipients-wildcard-question = 可能是通配符，也可能代替了丢失的字符；如指某个域名下的所有人，请写 *@example.org
recipients-wildcard-percent = 其中的 % 可能是通配符，也可能是普通字符；如为通配符，请写 { $glob }
recipients-wildcard-unreadable = 不支持这样的通配符；请写 *@example.org、*@*.example.org 或 ada+*@example.org
recipients-wildcard-no-at = 缺少 @；某个域名下的所有人写作 @{ $domain }，其子域名下的所有人写作 @*.{ $domain }
recipients-wildcard-everyone = 它指所有人；请不要发送这个群发任务，或写明指的是谁，例如 @example.org
recipients-wildcard-domain = 即使考虑通配符，`{ $domain }` 也不是域名
recipients-wildcard-local = 即使考虑通配符，`{ $local }` 也不能写在 @ 前面

recipients-listed-by-own = 用户自己的退订名单第 { $line } 行
