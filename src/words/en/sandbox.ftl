### What `sandbox` says.

sandbox-exposed = the sandbox accepts mail from anybody and does not listen on { $address }, which other computers can reach
sandbox-bad-name = "{ $name }" cannot be the host name of the sandbox: only letters, digits, dots and hyphens are allowed, at most 255
sandbox-cannot-listen = the sandbox cannot listen on { $address }: { $why }
sandbox-cannot-write = the sandbox cannot write to { $path }: { $why }
sandbox-in-use = another sandbox is writing to { $path }
sandbox-no-certificate = the sandbox cannot make its certificate ({ $own })
sandbox-no-tls = the sandbox cannot set up TLS ({ $own })
sandbox-no-more-connections = the sandbox can accept no more connections: { $why }

sandbox-hint-exposed = use 127.0.0.1 or [::1]
sandbox-hint-port = choose another port, or 0 for any free port
sandbox-hint-in-use = stop the other sandbox, or choose another folder
