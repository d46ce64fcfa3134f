using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso;

/// <summary>Asks identity providers, for every protocol: no redirects (a secret never goes where another server says), bounded in time and size, and only to the public internet unless the operator says otherwise. A name is resolved once, and what was judged is what is connected to.</summary>
internal sealed class ProviderHttp : IDisposable
{
    /// <summary>Largest answer (B18).</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly SsoOptions _options;
    private readonly HttpClient _client;

    public ProviderHttp(IOptions<SsoOptions> options)
    {
        _options = options.Value;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,

            // A proxy would resolve the name again, where nobody judges it.
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = _options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 32,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Whether an address may be asked at all: <c>https</c>, or plain <c>http</c> where private networks are allowed.</summary>
    public bool MayAsk(Uri address) =>
        address.IsAbsoluteUri && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && _options.AllowPrivateNetworks));

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ExternalFailureException">It did not answer as it should.</exception>
    public async Task<ProviderResponse> SendAsync(HttpRequestMessage request, ProviderCall call, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } address || !MayAsk(address))
        {
            throw Failed(call, "the address is not https");
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token);
            if ((int)response.StatusCode is >= 300 and < 400 && !call.MayRedirect)
            {
                throw Failed(call, $"answered {(int)response.StatusCode}, and redirects are not followed");
            }

            if (response.Content.Headers.ContentLength > MaxBytes)
            {
                throw Failed(call, "answered more than 1 MiB");
            }

            await using var stream = await response.Content.ReadAsStreamAsync(bound.Token);
            using var body = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = await stream.ReadAsync(buffer, bound.Token)) > 0;)
            {
                await body.WriteAsync(buffer.AsMemory(0, read), bound.Token);
                if (body.Length > MaxBytes)
                {
                    throw Failed(call, "answered more than 1 MiB");
                }
            }

            return new ProviderResponse(response.StatusCode, response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(), body.ToArray());
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(call, $"did not answer within {_options.Timeout.TotalSeconds:0} s", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Failed(call, exception.InnerException is ExternalFailureException refused ? refused.Message : $"cannot be reached ({exception.HttpRequestError})", exception);
        }
        catch (IOException exception)
        {
            throw Failed(call, "broke off its answer", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static ExternalFailureException Failed(ProviderCall call, string why, Exception? inner = null) => call.Failed("the provider " + why, inner);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(context.DnsEndPoint.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);

        // One that is not public refuses them all: a name with both is an attempt.
        if (!_options.AllowPrivateNetworks && addresses.Any(static address => !PublicAddress.Is(address)))
        {
            throw new ExternalFailureException(ExternalRefusal.Unavailable, "is on a private network (Sso:AllowPrivateNetworks)");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
