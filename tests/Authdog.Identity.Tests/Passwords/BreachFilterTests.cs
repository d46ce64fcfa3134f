using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Passwords.Breaches;

namespace Authdog.Identity.Tests.Passwords;

public sealed class BreachFilterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("authdog-breach-");

    private string FilterPath => Path.Combine(_folder.FullName, "leaked.filter");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void FindsEachOfAMillion_InLessThanTwoBytesEach_WithFewFalsePositives()
    {
        const int Count = 1_000_000;
        Build(12, builder =>
        {
            for (var i = 0; i < Count; i++)
            {
                builder.Add(Hash(i));
            }
        }).ShouldBe(Count);

        using var filter = Open();
        for (var i = 0; i < Count; i++)
        {
            filter.Contains(Hash(i)).ShouldBeTrue();
        }

        filter.Count.ShouldBe(Count);
        ((double)filter.Length / Count).ShouldBeLessThan(2);
        filter.MeasureFalsePositiveRate(200_000).ShouldBeInRange(filter.ExpectedFalsePositiveRate / 2, filter.ExpectedFalsePositiveRate * 2);
        filter.IsWhole().ShouldBeTrue();
        _folder.EnumerateFileSystemInfos().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 3000)]
    [InlineData(20, 200)]
    [InlineData(24, 5)]
    public void FindsEach_WhateverTheSizeAndTheOrder(int bits, int count)
    {
        var hashes = Enumerable.Range(0, count).Select(Hash).ToList();
        Build(bits, builder =>
        {
            foreach (var hash in hashes.Concat(Enumerable.Reverse(hashes)))
            {
                builder.Add(hash);
            }
        }).ShouldBe(count);

        using var filter = Open();
        hashes.ShouldAllBe(hash => filter.Contains(hash));
    }

    [Fact]
    public void FindsEach_WhenAllAreNeighbours()
    {
        // The worst that a list can do: everything in one bucket.
        var hashes = Enumerable.Range(0, 2000).Select(i => Convert.FromHexString($"ABCDEF0000{i:X6}").Concat(new byte[12]).ToArray()).ToList();
        Build(12, builder => hashes.ForEach(hash => builder.Add(hash)));

        using var filter = Open();
        hashes.ShouldAllBe(hash => filter.Contains(hash));
        filter.Contains(Hash(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493\r\n7C4A8D09CA3762AF61E59520943DC26494F8941B:1\n", false, 2, 0)]
    [InlineData("5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8\nno hash\n\n7C4A8D09CA3762AF61E59520943DC26494F8941\n", false, 1, 2)]
    [InlineData("password\n123456\n", true, 2, 0)]
    public async Task ReadsTheList_InEachForm(string list, bool plain, int added, int refused)
    {
        using (var builder = new BreachFilterBuilder(FilterPath, 16))
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(list));
            var read = await BreachListReader.ReadAsync(stream, plain, builder, TestContext.Current.CancellationToken);
            (read.Added, read.Refused).ShouldBe((added, refused));
            builder.Finish();
        }

        using var filter = Open();
        filter.Contains("password").ShouldBeTrue();
        filter.Contains("123456").ShouldBe(added == 2);
        filter.Contains("correct horse battery staple").ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public void SaysSo_WhenTheFileIsDamaged()
    {
        Build(12, builder =>
        {
            for (var i = 0; i < 1000; i++)
            {
                builder.Add(Hash(i));
            }
        });
        var whole = File.ReadAllBytes(FilterPath);

        Damage(whole, bytes => bytes[3] ^= 1).ShouldContain("no filter");
        Damage(whole, bytes => bytes[8] = 9).ShouldContain("another version");
        Damage(whole, bytes => bytes[16] ^= 1).ShouldContain("header is damaged");
        Damage(whole[..^1], _ => { }).ShouldContain("cut off");
        Damage([], _ => { }).ShouldContain("no filter");
        BreachFilter.TryOpen(Path.Combine(_folder.FullName, "absent"), out var problem).ShouldBeNull();
        problem!.ShouldContain("no such file");

        // Whatever the index or the codes say, nothing is read that is not the filter's, and nothing hangs.
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = whole.ToArray();
            Hash(seed).CopyTo(bytes.AsSpan(BreachFilterLayout.HeaderLength + (seed * 40)));
            File.WriteAllBytes(FilterPath, bytes);
            using var filter = Open();
            filter.IsWhole().ShouldBeFalse();
            for (var i = 0; i < 1000; i++)
            {
                filter.Contains(Hash(i));
            }
        }
    }

    private string Damage(byte[] whole, Action<byte[]> how)
    {
        var bytes = whole.ToArray();
        how(bytes);
        File.WriteAllBytes(FilterPath, bytes);
        BreachFilter.TryOpen(FilterPath, out var problem).ShouldBeNull();
        return problem!;
    }

    private long Build(int bits, Action<BreachFilterBuilder> add)
    {
        using var builder = new BreachFilterBuilder(FilterPath, bits);
        add(builder);
        return builder.Finish();
    }

    private BreachFilter Open() => BreachFilter.TryOpen(FilterPath, out var problem) ?? throw new InvalidOperationException(problem);

    private static byte[] Hash(int number) => SHA256.HashData(BitConverter.GetBytes(number))[..PasswordDigest.Length];
}
