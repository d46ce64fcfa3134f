using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login.Risk;

/// <summary>The operator's list of networks that nobody signs in from without more ado. A change that cannot be read leaves the last good one in force.</summary>
internal sealed class NetworkFile(IOptions<RiskOptions> options, TimeProvider time, ILogger<NetworkFile> logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private IReadOnlyList<IPNetwork> _networks = [];
    private (DateTime Written, long Length)? _stamp;
    private DateTimeOffset _lookAgainAt;

    /// <summary>Whether an address is in one of them.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null || options.Value.BlockedNetworksFile is not { } file)
        {
            return false;
        }

        var own = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in Current(file))
        {
            if (network.Contains(own))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a list; null with the place of the first mistake.</summary>
    public static IReadOnlyList<IPNetwork>? Read(string file, out string? problem)
    {
        problem = null;
        try
        {
            List<IPNetwork> networks = [];
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                var text = line.Split('#')[0].Trim();
                if (text.Length == 0)
                {
                    continue;
                }

                if (Parse(text) is not { } network)
                {
                    problem = $"{file}({number}): '{(text.Length > 60 ? text[..60] : text)}' is no address and no range (10.0.0.0/8).";
                    return null;
                }

                networks.Add(network);
            }

            return networks;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {file}." : exception.Message;
            return null;
        }
    }

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    private IReadOnlyList<IPNetwork> Current(string file)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now < _lookAgainAt)
            {
                return _networks;
            }

            _lookAgainAt = now + s_pause;
            var entry = new FileInfo(file);
            (DateTime, long)? stamp = entry.Exists ? (entry.LastWriteTimeUtc, entry.Length) : null;
            if (stamp == _stamp)
            {
                return _networks;
            }

            _stamp = stamp;
            if (Read(file, out var problem) is { } networks)
            {
                _networks = networks;
            }
            else
            {
                RiskLog.NetworksRefused(logger, problem!);
            }

            return _networks;
        }
    }
}
