# A formula for a tap of Homebrew. dist/recipes.py replaces each name between two @.
class Mailshot < Formula
  desc "Send a personal e-mail to every row of a spreadsheet"
  homepage "@HOMEPAGE@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@URL@/mailshot-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256:aarch64-apple-darwin@"
    end
    on_intel do
      url "@URL@/mailshot-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256:x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_intel do
      url "@URL@/mailshot-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256:x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "mailshot"
    man1.install Dir["man/man1/*"]
    (man/"zh_CN/man1").install Dir["man/zh_CN/man1/*"]
    bash_completion.install "completions/bash/mailshot"
    zsh_completion.install "completions/zsh/_mailshot"
    fish_completion.install "completions/fish/mailshot.fish"
    doc.install "THIRD-PARTY.txt"
  end

  # A whole campaign, to the server within the program: nothing leaves the machine.
  test do
    assert_match version.to_s, shell_output("#{bin}/mailshot --version")
    system bin/"mailshot", "new", "campaign", "--template", "plain-text"
    system bin/"mailshot", "send", "campaign", "--sandbox"
    assert_predicate testpath/"campaign/results/sandbox/report.csv", :exist?
  end
end
