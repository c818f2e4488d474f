# The server of tests/servers/net_server_mail, as the module's own manual has it.
#
#     net_server_mail.pl PORT KEPT
#
# A process for each connection; a line "recipient Message-ID" in KEPT for each message, written
# before it is answered. SIGTERM ends it with its children.
use strict;
use warnings;
use Fcntl qw(:flock);
use IO::Handle;
use IO::Socket::INET;
use Net::Server::Mail::ESMTP;

my ($port, $kept) = @ARGV;
my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 128, ReuseAddr => 1
) or die "cannot listen: $@\n";

setpgrp;
$SIG{CHLD} = 'IGNORE';
$SIG{TERM} = sub { $SIG{TERM} = 'IGNORE'; kill 'TERM', -$$; exit 0 };

while (1) {
    my $client = $listener->accept or next;
    my $child = fork;
    die "cannot fork: $!\n" unless defined $child;
    if ($child) { close $client; next }
    $SIG{TERM} = 'DEFAULT';
    close $listener;
    converse($client);
    exit 0;
}

sub converse {
    my ($client) = @_;
    my $session = Net::Server::Mail::ESMTP->new(socket => $client);
    $session->register('Net::Server::Mail::ESMTP::8BITMIME');
    $session->register('Net::Server::Mail::ESMTP::PIPELINING');
    $session->set_callback(RCPT => sub { return 1 });
    $session->set_callback(DATA => \&keep);
    $session->process;
}

sub keep {
    my ($session, $content) = @_;
    my ($header) = split /\r?\n\r?\n/, $$content, 2;
    my ($id) = $header =~ /^Message-ID:\s*(\S+)/mi;
    open my $file, '>>', $kept or return (0, 451, 'cannot keep it');
    flock $file, LOCK_EX;
    for my $recipient ($session->get_recipients) {
        (my $address = $recipient) =~ s/^<|>$//g;
        print {$file} $address, ' ', $id // '-', "\n";
    }
    close $file or return (0, 451, 'cannot keep it');
    return (1, 250, 'taken');
}
