### What is in the way of a file or a folder.

storage-folder-not-made = the folder { $path } cannot be created: { $why }

storage-is-folder = it is a folder
storage-is-file = it is a file, not a folder
storage-is-dangling-link = it is a link to { $target }, which does not exist
storage-is-link = it is a link to { $target }, and mailshot does not write through a link
storage-above-is-file = { $above } is a file, not a folder
storage-above-is-dangling-link = { $above } is a link to { $target }, which does not exist

storage-not-a-file-folder = it is a folder, not a file
storage-not-a-file-pipe = it is a pipe, not a file
storage-not-a-file-device = it is a device, not a file
storage-not-a-file-socket = it is a socket, not a file
storage-too-large = it has more than { $most }, too much for a file of this kind

storage-held = another program has it open (a database browser, a backup?)

storage-hint-move = rename it or move it away
storage-hint-dangling-link = remove the link, or create what it leads to
storage-hint-link = put the file itself there instead of the link
storage-hint-permission = check who may use it and the folders above it, or run mailshot as that user
storage-hint-full = free some space on the disk, then run the command again
storage-hint-held = close it in that program, then run the command again

storage-sqlite-read-only = it can be read but not written
storage-sqlite-cannot-open = it cannot be opened
storage-sqlite-not-a-database = it is not a database
storage-sqlite-io = the disk cannot be read or written ({ $own })
storage-sqlite-damaged = it is damaged ({ $own })
storage-sqlite-other = database error ({ $own })
