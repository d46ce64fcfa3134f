using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Keys;

public sealed class SecretProtectorTests
{
    private static readonly byte[] s_secret = Encoding.UTF8.GetBytes("the secret");

    [Fact]
    public void GivesBack_WhatItWasGiven() =>
        Gen.Select(Gen.String, Gen.Byte.Array).Sample((purpose, secret) =>
        {
            var protector = Protector(Key(1));
            return protector.Unprotect(purpose, protector.Protect(purpose, secret)).SequenceEqual(secret);
        }, iter: 200);

    [Fact]
    [Trait("Threat", "B9")]
    public void OpensForThePurposeAlone()
    {
        var protector = Protector(Key(1));
        var envelope = protector.Protect("a", s_secret);

        Should.Throw<CryptographicException>(() => protector.Unprotect("b", envelope));
    }

    [Fact]
    public void SaysThatTheKeyIsWrong_WhenItIs()
    {
        var envelope = Protector(Key(1)).Protect("a", s_secret);

        Should.Throw<OperatorMistakeException>(() => Protector(Key(2)).Unprotect("a", envelope)).Code.ShouldBe("AG4003");
    }

    [Fact]
    public void RefusesEveryChangedByte_AndEveryCut()
    {
        var protector = Protector(Key(1));
        var envelope = protector.Protect("a", s_secret);
        for (var i = 0; i < envelope.Length; i++)
        {
            var changed = (byte[])envelope.Clone();
            changed[i] ^= 1;
            Should.Throw<Exception>(() => protector.Unprotect("a", changed)).ShouldBeAssignableTo<Exception>();
            Should.Throw<Exception>(() => protector.Unprotect("a", envelope.AsSpan(0, i)));
        }
    }

    [Fact]
    public void NeverEncryptsTheSameTwice()
    {
        var protector = Protector(Key(1));
        Convert.ToHexString(protector.Protect("a", s_secret)).ShouldNotBe(Convert.ToHexString(protector.Protect("a", s_secret)));
    }

    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    private static SecretProtector Protector(string key) =>
        new(new MasterKey(Options.Create(new MasterKeyOptions { MasterKey = key }), new DataFolder("/nowhere"), NullLogger<MasterKey>.Instance));
}
