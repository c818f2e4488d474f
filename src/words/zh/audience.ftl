### What `audience` says.

audience-order = 无法给各行排序（{ $error }）
audience-order-room = 请在临时文件夹（TMPDIR）中腾出磁盘空间：大约需要名单大小的两倍
audience-inside = 组成这一行的邮件时，程序库内部出错
audience-inside-skip = 请查看这一行是否有不寻常的字符，或者用 --skip-invalid 跳过
audience-skip-unclear = `{ $column }` 列没有说清是否跳过这一行：这一列中既有“{ $one }”（第 { $one_row } 行），又有“{ $other }”（第 { $other_row } 行）
audience-skip-yes = 要跳过的行写 yes，其他行写 no 或留空
audience-outcomes = 无法查询上一次群发的结果（{ $error }）
audience-not-looked-back = 这里不知道上一次群发的结果
