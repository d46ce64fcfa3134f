using Authdog.Identity.Passwords;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Passwords;

[Trait("Threat", "I3")]
public sealed class PasswordHashingTests : IDisposable
{
    private readonly List<HashingQueue> _queues = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _queues.ForEach(queue => queue.Dispose());

    /// <summary>Made with another implementation: <c>@noble/hashes</c> 2.4.0.</summary>
    [Theory]
    [InlineData("correct horse battery staple", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$iqbHhgtqJMWWf23kIatRWniYNRyhFWif/l6I+m/2Exw")]
    [InlineData("", "$argon2id$v=19$m=64,t=3,p=1$AgICAgICAgICAgICAgICAg$R41ac0sS3Z3j3UeAvSciaRIIaTUycfAX9XDrOwtnRWs")]
    [InlineData("\u00e9l\u00e8ve \U0001F511 passwort", "$argon2id$v=19$m=1024,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$7GlIQ7Mx11UH/pr4tKiTUw")]
    [InlineData("e\u0301le\u0300ve \U0001F511 passwort", "$argon2id$v=19$m=1024,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$7GlIQ7Mx11UH/pr4tKiTUw")]
    [InlineData("256 × p", "$argon2id$v=19$m=9216,t=4,p=1$ZmZmZmZmZmZmZmZmZmZmZg$PE6IIDo5psYdnjRUuKJZYNMaDzUkq9btlsUnn6q0HYxlUDraLpqP9dB/pA/J0a9HJOK/VSuEjS9DAMnRPjnm3w")]
    public async Task AgreesWithAnotherImplementation(string password, string phc)
    {
        password = password == "256 × p" ? new string('p', 256) : password;

        (await New().VerifyAsync(phc, password, Cancel)).ShouldNotBe(PasswordVerification.Failed);
        (await New().VerifyAsync(phc, password + "x", Cancel)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task VerifiesItsOwnHashes_EachWithItsOwnSalt()
    {
        var hashing = New();
        var first = await hashing.HashAsync("pass\u00e9 compos\u00e9, tr\u00e8s long", Cancel);
        var second = await hashing.HashAsync("pass\u00e9 compos\u00e9, tr\u00e8s long", Cancel);

        first.ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        second.ShouldNotBe(first);
        (await hashing.VerifyAsync(first, "passe\u0301 compose\u0301, tre\u0300s long", Cancel)).ShouldBe(PasswordVerification.Succeeded);
        (await hashing.VerifyAsync(first, "Pass\u00e9 compos\u00e9, tr\u00e8s long", Cancel)).ShouldBe(PasswordVerification.Failed);
        (await hashing.VerifyAsync(first, "pass\u00e9 compos\u00e9, tr\u00e8s long ", Cancel)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    public async Task AsksForARehash_WhenTheCostHasRisen()
    {
        var old = await New().HashAsync("correct horse battery staple", Cancel);
        var dearer = New(o => o.Iterations = 3);

        (await dearer.VerifyAsync(old, "correct horse battery staple", Cancel)).ShouldBe(PasswordVerification.SucceededRehashNeeded);
        (await dearer.VerifyAsync(old, "wrong", Cancel)).ShouldBe(PasswordVerification.Failed);
        (await New().VerifyAsync(await dearer.HashAsync("correct horse battery staple", Cancel), "correct horse battery staple", Cancel)).ShouldBe(PasswordVerification.Succeeded);
    }

    [Theory]
    [Trait("Threat", "I1")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$2b$10$abcdefghijklmnopqrstuv")]
    public async Task Fails_WhenThereIsNoUsableHash(string? phc)
    {
        (await New().VerifyAsync(phc, "correct horse battery staple", Cancel)).ShouldBe(PasswordVerification.Failed);
        (await New().VerifyAsync(phc, string.Empty, Cancel)).ShouldBe(PasswordVerification.Failed);
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task TakesAsLong_ForNobodyAsForSomebody()
    {
        var hashing = New();
        var phc = await hashing.HashAsync("correct horse battery staple", Cancel);
        List<double> known = [], unknown = [], huge = [];
        for (var i = 0; i < 40 && !(i > 4 && IsAlike(unknown, known) && IsAlike(huge, known)); i++)
        {
            known.Add(await TimeAsync(() => hashing.VerifyAsync(phc, "some wrong password", Cancel)));
            unknown.Add(await TimeAsync(() => hashing.VerifyAsync(null, "some wrong password", Cancel)));
            huge.Add(await TimeAsync(() => hashing.VerifyAsync(phc, new string('x', 5000), Cancel)));
        }

        // The quickest of each: what else runs on the machine only ever adds. Without the decoy the ratio is under a hundredth.
        IsAlike(unknown, known).ShouldBeTrue($"{unknown.Min()} ms for nobody, {known.Min()} ms for somebody");
        IsAlike(huge, known).ShouldBeTrue($"{huge.Min()} ms for what is too long, {known.Min()} ms for a password");
    }

    private static bool IsAlike(List<double> these, List<double> those) => these.Min() / those.Min() is > 0.4 and < 2.5;

    [Fact]
    public async Task RefusesToHash_WhatCannotBeAPassword()
    {
        await Should.ThrowAsync<ArgumentException>(() => New().HashAsync(new string('x', 257), Cancel));
        await Should.ThrowAsync<ArgumentException>(() => New().HashAsync("lone surrogate \ud800", Cancel));
        (await New().VerifyAsync(await New().HashAsync("x", Cancel), "lone surrogate \ud800", Cancel)).ShouldBe(PasswordVerification.Failed);
    }

    [Theory]
    [InlineData(2, 19456, true)]
    [InlineData(1, 47104, true)]
    [InlineData(5, 7168, true)]
    [InlineData(2, 19455, false)]
    [InlineData(1, 19456, false)]
    [InlineData(6, 7167, false)]
    public void RefusesACost_BelowOwaspsMinimum(int iterations, int memory, bool valid) =>
        new PasswordOptions.Validator().Validate(null, new PasswordOptions { Iterations = iterations, MemoryKiB = memory }).Succeeded.ShouldBe(valid);

    [Fact]
    public void ReportsEveryMistake() =>
        new PasswordOptions.Validator().Validate(null, new PasswordOptions { MinimumLength = 4, MaximumLength = 64, HashingThreads = -1, QueueLength = 0, MemoryKiB = 1, BlocklistFile = "/no/such/file" })
            .Failures!.Count().ShouldBe(6);

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = TimeProvider.System.GetTimestamp();
        await action();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private PasswordHashing New(Action<PasswordOptions>? change = null)
    {
        var options = new PasswordOptions();
        change?.Invoke(options);
        var queue = new HashingQueue(Options.Create(options));
        _queues.Add(queue);
        return new PasswordHashing(queue, Options.Create(options));
    }
}
