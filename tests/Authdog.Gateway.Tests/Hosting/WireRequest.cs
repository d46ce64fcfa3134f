namespace Authdog.Gateway.Tests.Hosting;

/// <summary>One request as an upstream received it.</summary>
/// <param name="Connection">Number of the connection, from 1.</param>
/// <param name="Head">Request line and headers, without the empty line.</param>
/// <param name="Body">The body with its framing, chunk sizes and all.</param>
internal sealed record WireRequest(int Connection, string Head, string Body)
{
    /// <summary>The request line.</summary>
    public string Line => Head.Split("\r\n")[0];

    /// <summary>The value of a header; null when absent, all joined when repeated.</summary>
    public string? Header(string name)
    {
        var values = Head.Split("\r\n").Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .ToArray();
        return values.Length == 0 ? null : string.Join(" | ", values);
    }
}
