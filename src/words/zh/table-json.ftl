### What `table` says of JSON.

## What is meant: the beginning of sentences.

table-json-this-line = 这一行
table-json-line = 第 { $line } 行
table-json-element = 第 { $number } 个元素（第 { $line } 行第 { $column } 列）
table-json-element-at = 第 { $line } 行第 { $column } 列处的元素

## Rows.

table-json-not-object = { $what }是{ $found }，不是对象
table-json-object-help = 一行是一个对象：{"{"}"email": "ada@uni.example", "name": "Ada"{"}"}
table-json-a-list = 列表
table-json-a-text = 文本
table-json-a-number = 数字
table-json-new-key = { $what }有键 `{ $key }`，首次读取文件时没有这个键
table-json-new-key-help = 文件在此期间有改动；请再次运行同一命令
table-json-many-keys = 到{ $what }为止，不同的键超过 { $most } 个
table-json-many-keys-help = 每个键是一列，所以各对象应当有相同的少数几个键；不同的内容请写成值
table-json-key-twice = 这个键在对象中出现了两次
table-json-key-twice-help = 请删除其中一个，或改用别的名称
table-json-too-long = { $what }大于 { $most } MiB
table-json-too-long-help = 一行是一个对象，含收件人的几个值；文件按文件名作为附件

## What is not JSON.

table-json-broken = { $what }不是 JSON：{ $why }（第 { $column } 列，`{ $near }` 处）
table-json-broken-at-end = { $what }不是 JSON：{ $why }（第 { $column } 列，末尾处）
table-json-cell = 这个值的文本不是 JSON：{ $why }
table-json-file-broken = 这不是 JSON：{ $why }
table-json-at = { $what }（第 { $line } 行，第 { $octet } 字节）
table-json-cut-off = 内容过早结束
table-json-cut-off-help = 末尾缺少内容：引号，或 {"}"}、] 之一
table-json-comma = 右括号前面有逗号
table-json-comma-help = 请删除这个逗号：JSON 的最后一个值后面没有逗号
table-json-behind = 结尾之后还有内容
table-json-behind-help = 一行只含一个对象；一个文件只含一个列表
table-json-key = 这里应当是加双引号的名称
table-json-key-help = 可能是右括号前面多了逗号，或缺少引号
table-json-value = 这里应当是值
table-json-value-help = 名称和文本要加双引号；值可以是 "文本"、数字、true、false 或 null
table-json-control = 文本中含有换行或其他控制字符
table-json-control-help = 在文本中，换行写作 \n，制表符写作 \t
table-json-surrogate = 文本中只有半个字符（\ud800 到 \udfff，缺少另一半）
table-json-surrogate-help = 请直接写这个字符，或写全两半
table-json-not-utf-8 = 不是 UTF-8 文本
table-json-line-not-utf-8 = 第 { $line } 行从第 { $octet } 字节起不是 UTF-8 文本
table-json-write-utf-8 = JSON 文件使用 UTF-8：请用该编码重新保存文件
table-json-other = 其中有错误（{ $own }）
table-json-other-help = 请与前后的行对照；JSON 检查工具（jq . FILE）会指出同一位置
table-json-utf-16 = 这是 UTF-16 文本，而 JSON 文件使用 UTF-8（RFC 8259）
table-json-utf-16-help = 请重新保存为 UTF-8；编辑器中通常在“另存为”的“编码”里选择

## Lists of objects.

table-json-expected = 请写成对象列表 [{"{"}"email": "ada@uni.example"{"}"}, …]，或每行一个对象
table-json-list = `{ $name }`（{ $objects } 个对象）
table-json-several-lists = 这个 JSON 对象含有多个列表：{ $lists }
table-json-keep-one = 请只保留含有收件人的列表
table-json-jq-list = 用 jq：jq '.["{ $list }"]' { $file } > recipients.json
table-json-empty-objects = 这个列表中的对象是空的
table-json-empty-list = 这个 JSON 列表是空的
table-json-no-list = 这个 JSON 对象中没有对象列表
table-json-neither = 这个 JSON 文件既不是列表，也不是对象
table-json-no-object = 这个文件中没有对象
table-json-no-object-help = 每行是一行数据：{"{"}"email": "ada@uni.example", "name": "Ada"{"}"}
table-json-stopped = 读取已停止
table-json-trailing = JSON 值结束之后还有内容
table-json-trailing-help = 请把多个对象放入一个列表 [{"{"}…{"}"}, {"{"}…{"}"}]，或每行写一个对象
table-json-jq-lines = 用 jq：jq -c . { $file } > recipients.jsonl
