### What `mailshot explain` says around the explanations, which are in explain-*.ftl.

cli-explain-title = { $code }: { $title }
cli-explain-means = What it means: { $text }
cli-explain-why = Why it matters: { $text }
cli-explain-do = What to do: { $text }
cli-explain-list = More about one of them: mailshot explain CODE
cli-explain-unknown = there is no code `{ $code }`
cli-explain-reply-accepted = { $code } is a code of the relay. It begins with 2: the relay agrees.
cli-explain-reply-deferred = { $code } is a code of the relay. It begins with 4: the relay does not agree now, and may agree later.
cli-explain-reply-rejected = { $code } is a code of the relay. It begins with 5: the relay does not agree, and will not agree later.
