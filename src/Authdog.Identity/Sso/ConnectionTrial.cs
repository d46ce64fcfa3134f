using System.Collections.Immutable;

namespace Authdog.Identity.Sso;

/// <summary>Tries connections, whatever their protocol.</summary>
public sealed class ConnectionTrial
{
    private readonly IEnumerable<IConnectionProtocol> _protocols;

    internal ConnectionTrial(IEnumerable<IConnectionProtocol> protocols) => _protocols = protocols;

    /// <summary>One line for each step that was tried; nothing about a person is asked.</summary>
    public async Task<ImmutableArray<ConnectionCheck>> RunAsync(ConnectionRecord connection, CancellationToken cancellationToken) =>
        _protocols.FirstOrDefault(protocol => protocol.Kind == connection.Kind) is { } protocol
            ? await protocol.TestAsync(connection, cancellationToken)
            : [new ConnectionCheck(false, "protocol", "this version does not speak it")];
}
