# Verifies DKIM signatures with Mail::DKIM.
#
#     verify_dkim.pl RECORDS.txt FILE.eml...
#
# RECORDS.txt has a TXT record a line: its name, a blank, its value. Prints a line a signature:
# the file's number, the algorithm, the selector, the result and what is said of it.

use strict;
use warnings;
use Mail::DKIM::Verifier;
use Mail::DKIM::DNS;

{
    package Known;
    our %values;
    sub new { bless {}, shift }
    sub send {
        my ($self, $name, $type) = @_;
        my $packet = Net::DNS::Packet->new($name, $type);
        my $value = $values{$name};
        if (defined $value) {
            my @strings = unpack('(A200)*', $value);
            $packet->push(answer => Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => \@strings));
        } else {
            $packet->header->rcode('NXDOMAIN');
        }
        $self->{said} = $packet->header->rcode;
        return $packet;
    }
    sub query {
        my ($self, @question) = @_;
        my $packet = $self->send(@question);
        return $packet->header->rcode eq 'NOERROR' ? $packet : undef;
    }
    sub errorstring { $_[0]{said} }
    sub udppacketsize { }
}

my ($records, @files) = @ARGV;
open my $known, '<', $records or die "$records: $!";
while (<$known>) {
    chomp;
    my ($name, $value) = split / /, $_, 2;
    $Known::values{$name} = $value;
}
Mail::DKIM::DNS::resolver(Known->new);
for my $number (0 .. $#files) {
    open my $file, '<:raw', $files[$number] or die "$files[$number]: $!";
    local $/;
    my $message = <$file>;
    $message =~ s/\r?\n/\r\n/g;
    my $verifier = Mail::DKIM::Verifier->new;
    $verifier->PRINT($message);
    $verifier->CLOSE;
    for my $one ($verifier->signatures) {
        print join(' ', $number, $one->algorithm, $one->selector, $one->result_detail), "\n";
    }
}
