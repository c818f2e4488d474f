### `mailshot explain` 在说明文字之外的用语；说明文字在 explain-*.ftl 里。

cli-explain-title = { $code }：{ $title }
cli-explain-means = 含义：{ $text }
cli-explain-why = 影响：{ $text }
cli-explain-do = 怎么办：{ $text }
cli-explain-list = 查看某一个的说明：mailshot explain CODE
cli-explain-unknown = 没有 `{ $code }` 这个代码
cli-explain-reply-accepted = { $code } 是发信服务器的代码，以 2 开头：表示同意。
cli-explain-reply-deferred = { $code } 是发信服务器的代码，以 4 开头：现在不同意，以后可能同意。
cli-explain-reply-rejected = { $code } 是发信服务器的代码，以 5 开头：不同意，以后也不会同意。
