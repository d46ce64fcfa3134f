using Authdog.Identity.Passwords;
using CsCheck;

namespace Authdog.Identity.Tests.Passwords;

public sealed class Argon2PhcTests
{
    private const string Good = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw";

    [Fact]
    public void ReadsWhatItWrites() =>
        Gen.Select(Gen.Int[8, Argon2Phc.MaxMemoryKiB], Gen.Int[1, Argon2Phc.MaxIterations], Gen.Byte.Array[16], Gen.Byte.Array[16, 64]).Sample((memory, iterations, salt, hash) =>
        {
            var text = new Argon2Phc(memory, iterations, salt, hash).Format();
            return Argon2Phc.TryParse(text, out var read) && read.Format() == text
                && read.MemoryKiB == memory && read.Iterations == iterations && read.Salt.SequenceEqual(salt) && read.Hash.SequenceEqual(hash);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$t=2,m=19456,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=019456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=19456,t=9999,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OB$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA==$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw\n")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$")]
    public void RefusesEveryOtherForm(string? text) => Argon2Phc.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void PrintsNoHash() => (Argon2Phc.TryParse(Good, out var phc) ? phc.ToString() : string.Empty).ShouldBe("argon2id m=19456 t=2");
}
