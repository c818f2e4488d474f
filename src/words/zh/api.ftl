### What `api` says.

api-no-recipients = 缺少收件人
api-no-recipients-hint = 请用 Builder::rows 或 Builder::recipients 给出
