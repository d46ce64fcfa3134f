using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Settings of the shared store (section <c>Redis</c>). It must not be a Redis Cluster: what belongs together is written in one script.</summary>
public sealed class RedisOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Redis";

    /// <summary>A StackExchange.Redis connection string. Absent: an embedded store under <c>Gateway:DataPath</c>. Never printed: it holds the password.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Longest wait for a connection. Absent: one second for a configured Redis, five for the embedded store.</summary>
    public TimeSpan? ConnectTimeout { get; set; }

    /// <summary>Longest wait for an answer; after it the request gets 503. Absent: one second for a configured Redis, five for the embedded store.</summary>
    /// <remarks>
    /// A Redis that does not answer within a second is gone or cut off, and whoever waits longer waits for nothing. The embedded store cannot be
    /// cut off: when it is late, this very machine has no time to spare. Its answer comes, nobody else has one, and a refusal costs more than the wait.
    /// </remarks>
    public TimeSpan? OperationTimeout { get; set; }

    /// <summary>Whether sign-ins go on in the directory database while a configured Redis is away. The embedded store needs none: it is away only when this process is.</summary>
    public bool Standby { get; set; } = true;

    /// <summary>Memory of the embedded store, in MiB. About 150,000 sessions fit in 128.</summary>
    public int EmbeddedMemory { get; set; } = 256;

    /// <summary>Longest wait for a connection, as it holds.</summary>
    internal TimeSpan LongestConnect => ConnectTimeout ?? Usual;

    /// <summary>Longest wait for an answer, as it holds.</summary>
    internal TimeSpan LongestOperation => OperationTimeout ?? Usual;

    private TimeSpan Usual => TimeSpan.FromSeconds(ConnectionString is null ? 5 : 1);

    /// <summary>Prints no secret.</summary>
    public override string ToString() => ConnectionString is null ? "embedded store" : "configured Redis";

    internal sealed class Validator : IValidateOptions<RedisOptions>
    {
        public ValidateOptionsResult Validate(string? name, RedisOptions options)
        {
            var errors = new List<string>();
            if (options.ConnectionString is { } text && !IsConnectionString(text))
            {
                errors.Add("AG3201 Redis:ConnectionString cannot be read (its value is not shown, it may hold a password): write it like 'redis.example.com:6379,ssl=true,password=…', or leave the key out for the embedded store.");
            }

            CheckTimeout(errors, "AG3202", nameof(ConnectTimeout), options.LongestConnect);
            CheckTimeout(errors, "AG3203", nameof(OperationTimeout), options.LongestOperation);
            if (options.EmbeddedMemory is < 32 or > 16384)
            {
                errors.Add($"AG3204 Redis:EmbeddedMemory is {options.EmbeddedMemory}: choose 32 to 16384 (MiB).");
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void CheckTimeout(List<string> errors, string code, string key, TimeSpan value)
        {
            if (value < TimeSpan.FromMilliseconds(50) || value > TimeSpan.FromSeconds(30))
            {
                errors.Add($"{code} Redis:{key} is {value}: choose 00:00:00.050 to 00:00:30.");
            }
        }

        private static bool IsConnectionString(string text)
        {
            try
            {
                return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
            }
            catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
            {
                return false;
            }
        }
    }
}
