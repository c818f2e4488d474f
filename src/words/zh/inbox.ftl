# 收到的回信，以及它与哪封邮件有关。

inbox-unreadable = 无法读取 { $file }：{ $why }
inbox-unmatched-no-message = 其中没有本群发任务的邮件，也没有本群发任务的收件人
inbox-unmatched-several-messages = 其中提到本群发任务的几封邮件，没有说明与哪一封有关
inbox-unmatched-several-mailings = 没有识别码，而其中的地址出现在最近 30 天的几次群发中（{ $mailings }）
inbox-unmatched-long-ago = 没有识别码，而最近 30 天没有给其中的地址发过邮件
inbox-unmatched-older = 没有识别码，而且早于发给该地址的那次群发
inbox-unmatched-not-sent = 没有识别码，而发给该地址的邮件状态是 { $status }
inbox-unmatched-another-address = 寄到了 { $ours } 的退信路径，没有识别码，而其中写的是另一个地址
inbox-unmatched-purged = 与第 { $mailing } 次群发有关，该次群发已于 { $purged } 清除
inbox-unmatched-other-campaign = 与 { $folder } 中的群发任务 { $name } 的邮件有关

# 不是邮件的文件。
inbox-outlook-data = { $file } 是 Outlook 的数据文件（.pst 或 .ost），只有 Outlook 能读
inbox-outlook-message = { $file } 是 Outlook 格式的邮件（.msg）
inbox-outlook-express = { $file } 是 Outlook Express 的数据文件（.dbx）
inbox-outlook-hint = 把邮件另存为 .eml 文件（新版 Outlook 和网页版：下载），或用 Thunderbird 打开邮箱，再指定存放这些文件的文件夹
inbox-packed = { $file } 是压缩文件
inbox-packed-hint = 先解压，再指定其中的邮箱文件或文件夹
inbox-no-mail = { $file } 既不是邮件，也不是邮箱文件
inbox-no-mail-hint = 请指定 mbox 文件、Maildir、.eml 文件，或存放 .eml 文件的文件夹
