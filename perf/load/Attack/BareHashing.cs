using System.Diagnostics;
using NSec.Cryptography;

namespace Authdog.Attack;

/// <summary>Argon2id with the gateway's parameters and nothing around it: no gateway can verify more passwords on this machine.</summary>
internal static class BareHashing
{
    private const string Setting = "/sys/kernel/mm/transparent_hugepage/enabled";

    /// <summary>To whom the kernel gives pages of 2 MiB unasked: without them hashing takes several times as long.</summary>
    public static string HugePages => File.Exists(Setting) ? File.ReadAllText(Setting).Trim() : "unknown";

    /// <summary>Hashes a second that this many threads make together.</summary>
    public static double PerSecond(int threads)
    {
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 19 * 1024, NumberOfPasses = 2 });
        argon2.DeriveBytes("a password", new byte[16], 32);
        var (hashes, began) = (0, Stopwatch.GetTimestamp());
        var hashing = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(4))
            {
                argon2.DeriveBytes("a password", new byte[16], 32);
                Interlocked.Increment(ref hashes);
            }
        })).ToArray();
        Array.ForEach(hashing, static thread => thread.Start());
        Array.ForEach(hashing, static thread => thread.Join());
        return hashes / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
