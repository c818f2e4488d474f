### What `api` says.

api-no-recipients = the recipients are missing
api-no-recipients-hint = give them with Builder::rows or Builder::recipients
