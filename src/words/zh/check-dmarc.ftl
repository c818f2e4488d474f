### What `check --dns` says of DMARC records.

check-dmarc-policy-reports = { $tag } 不是有效的策略：收件方会当作 none，_dmarc.{ $at } 的 DMARC 记录也就等于什么都没要求
check-dmarc-policy = DMARC 记录 _dmarc.{ $at } 无效：{ $tag } 不是有效的策略，收件方读不懂这条记录：{ $record }
check-dmarc-no-policy = DMARC 记录 _dmarc.{ $at } 无效：没有策略（p=）：{ $record }
check-dmarc-twice = DMARC 记录 _dmarc.{ $at } 中 { $tag }= 出现了两次：收件方会取其中一个，或者忽略整条记录：{ $record }
check-dmarc-ignored = DMARC 记录 _dmarc.{ $at } 无效：{ $why }
check-dmarc-ignored-instead = DMARC 记录 _dmarc.{ $at } 无效：{ $why }；起作用的是 _dmarc.{ $other } 的记录
check-dmarc-several = 共有 { $records } 条（{ $texts }）
check-dmarc-near = { $domain } 没有 DMARC 记录：_dmarc.{ $at } 处有一条，但是{ $why }
check-dmarc-elsewhere = { $domain } 没有 DMARC 记录：有一条写在了 { $name }，应该放在 _dmarc.{ $belongs }
check-dmarc-missing = { $domain } 没有 DMARC 记录：大型邮件服务商要求大量发信的人设置
check-dmarc-missing-many = { $domain } 没有 DMARC 记录：收件人这么多时必须设置（{ $providers }）
check-dmarc-many = { $provider } { $recipients } 位
check-dmarc-publish-hint = 在 _dmarc.{ $domain } 处发布 TXT 记录 { $record }
check-dmarc-publish-above-hint = 在 _dmarc.{ $organisation } 处发布 TXT 记录 { $record }（对 { $domain } 也有效；如果 { $organisation } 不是你的，请发布在 _dmarc.{ $domain } 处）
check-dmarc-first-hint =
    先让 DKIM 签名或退信地址（SPF）属于发件人的域名，现在两者都不属于：改正后的记录会要求收件方把这样的邮件{ $policy ->
        [quarantine] 放入垃圾邮件文件夹
       *[reject] 拒收
    }
check-dmarc-record-hint = _dmarc.{ $at } 处只保留一条关于 DMARC 的 TXT 记录：{ $record }
check-dmarc-begin-hint = _dmarc.{ $at } 处只保留一条关于 DMARC 的 TXT 记录，并以 `v=DMARC1;` 开头，前面不能有任何内容

# Nothing is of the sender's domain.
check-dmarc-unaligned =
    DMARC 记录 _dmarc.{ $at } 要求：DKIM 签名或退信地址（SPF）不属于 { $domain } 的邮件，收件方应{ $policy ->
        [quarantine] 放入垃圾邮件文件夹
       *[reject] 拒收
    }{ $strict ->
        [both] （strict：必须正是这个域名）
        [signature] （签名必须正是这个域名：adkim=s 是严格要求）
        [return-path] （退信地址必须正是这个域名：aspf=s 是严格要求）
       *[no] {""}
    }；这里两者都不属于{ $others ->
        [still] （按 RFC 9989 的收件方是这样，其他收件方仍然承认）
        [may] （按 RFC 9989 的收件方是这样，其他收件方可能仍然承认）
       *[no] {""}
    }
check-dmarc-by-relay =
    { $providers }（{ $relays } 家）使用自己的退信地址：{ $domain } 的 SPF 记录因此不起作用，DMARC 需要由其为 { $domain } 加上 DKIM 签名，而记录 _dmarc.{ $at } 要求收件方把没有签名的邮件{ $policy ->
        [quarantine] 放入垃圾邮件文件夹
       *[reject] 拒收
    }
check-dmarc-bulk = { $providers }：DKIM 签名或退信地址（SPF）不属于 { $domain } 的邮件会被拒收，或者进垃圾邮件文件夹，不管 DMARC 记录怎样要求；这里两者都不属于
check-dmarc-bulk-relay = { $providers }：DKIM 签名或退信地址（SPF）不属于 { $domain } 的邮件会被拒收，或者进垃圾邮件文件夹，不管 DMARC 记录怎样要求；通过 { $relays } 发信时，只有签名能够做到
check-dmarc-set-up-hint = 在 { $providers } 为 { $domain } 设置 DKIM 签名；如果已经设置，可以忽略
check-dmarc-or-sign-hint = 或者在这里为 { $domain } 签名（[message] 下的 dkim）
check-dmarc-sign-hint = 为 { $domain } 签名（[message] 下的 dkim），除非发信服务器已经签名
check-dmarc-or-spf-hint = 或者改正 { $domain } 的 SPF 记录，使它允许这台发信服务器
check-dmarc-or-return-path-hint = 或者让 return_path 使用 { $domain }，并且它的 SPF 记录要允许这台发信服务器
check-dmarc-or-publish-hint = 或者在 _dmarc.{ $above } 处发布 TXT 记录 { $record }：这样两者就属于同一个组织
check-dmarc-provider-hint = 改用自己域名的地址发信，或者通过 { $domain } 的服务商发信并且不另设 return_path：别人无法代它签名
check-dmarc-provider-preset-hint = 改用自己域名的地址发信，或者通过 { $domain } 的服务商发信（preset = "{ $preset }"）并且不另设 return_path：别人无法代它签名

# Why a text is not a record.
check-dmarc-why-quote = 它以 `{ $character }` 开头：{ $text }
check-dmarc-why-blank = 它以空格开头：`{ $text }`
check-dmarc-why-letters = 它写成了 `{ $first }`：收件方会忽略它，必须正好写成 `v=DMARC1`
check-dmarc-why-version = 它以 `{ $beginning }` 开头，而只有 `v=DMARC1;` 才有效
check-dmarc-why-begin = 它没有以 `v=DMARC1;` 开头：{ $text }
