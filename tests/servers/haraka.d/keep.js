// Haraka's plugin for the tests: everybody is a recipient, every message is taken, and a line a
// recipient in the file MAILSHOT_KEPT says which: the address, a space, the Message-ID.
'use strict'

const fs = require('node:fs')

exports.register = function () {
    this.register_hook('rcpt', 'take_recipient')
    this.register_hook('queue', 'keep')
}

exports.take_recipient = (next) => next(OK)

exports.keep = (next, connection) => {
    const { header, rcpt_to } = connection.transaction
    const id = header.get('Message-ID').trim()
    const lines = rcpt_to.map((to) => `${to.address} ${id}\n`)
    fs.appendFile(process.env.MAILSHOT_KEPT, lines.join(''), (error) => next(error ? DENYSOFT : OK))
}
