using System.IO.Compression;
using System.Text;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>Takes a message out of a binding, within bounds, and refuses what could be read in two ways.</summary>
public static class MessageReceiver
{
    private const int MaxBytes = StrictXmlReader.MaxMessageBytes;
    private const int MaxSignatureBytes = 2048;
    private const int MaxQueryLength = 64 * 1024;
    private static readonly string[] s_names = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLart", "SAMLEncoding"];

    /// <summary>The message of a posted form (bindings, section 3.5).</summary>
    /// <param name="fields">Every field of the form, repeated ones included.</param>
    public static ReceivedMessageResult FromForm(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (s_names.Contains(name, StringComparer.Ordinal) && !parameters.TryAdd(name, value))
            {
                return Refuse(SamlErrorCode.WrongParameters, $"The form has {name} twice.");
            }
        }

        if (Common(parameters) is { } error)
        {
            return new ReceivedMessageResult.Refused(error);
        }

        var parameter = Parameter(parameters);
        return Decode(parameters[parameter.ToString()], out var xml) is { } refused
            ? new ReceivedMessageResult.Refused(refused)
            : new ReceivedMessageResult.Received(new(SamlBinding.HttpPost, parameter, xml, parameters.GetValueOrDefault("RelayState"), null));
    }

    /// <summary>The message of a query string (bindings, section 3.4).</summary>
    /// <param name="query">The query exactly as the request line had it, with or without the question mark.</param>
    public static ReceivedMessageResult FromQuery(string query)
    {
        if (query.Length > MaxQueryLength)
        {
            return Refuse(SamlErrorCode.TooLarge, "The query is longer than any SAML message.");
        }

        if (ReadQuery(query, out var raw, out var parameters) is { } malformed)
        {
            return new ReceivedMessageResult.Refused(malformed);
        }

        if (Common(parameters) is { } error)
        {
            return new ReceivedMessageResult.Refused(error);
        }

        if (parameters.TryGetValue("SAMLEncoding", out var encoding) && encoding != "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE")
        {
            return Refuse(SamlErrorCode.NotDeflate, $"The encoding {SamlError.Quote(encoding)} is not supported.");
        }

        var parameter = Parameter(parameters);
        if (Decode(parameters[parameter.ToString()], out var deflated) is { } notBase64)
        {
            return new ReceivedMessageResult.Refused(notBase64);
        }

        if (Inflate(deflated) is not { } xml)
        {
            return Refuse(SamlErrorCode.NotDeflate, $"The message is not DEFLATE, or larger than {MaxBytes / 1024} KiB.");
        }

        return ReadSignature(parameter, raw, parameters, out var signature) is { } incomplete
            ? new ReceivedMessageResult.Refused(incomplete)
            : new ReceivedMessageResult.Received(new(SamlBinding.HttpRedirect, parameter, xml, parameters.GetValueOrDefault("RelayState"), signature));
    }

    private static SamlError? ReadQuery(string query, out Dictionary<string, string> raw, out Dictionary<string, string> decoded)
    {
        raw = new(StringComparer.Ordinal);
        decoded = new(StringComparer.Ordinal);
        foreach (var part in (query.StartsWith('?') ? query[1..] : query).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = QueryText.Decode(equals < 0 ? part : part[..equals]);
            if (name is null || !s_names.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            var value = equals < 0 ? string.Empty : part[(equals + 1)..];
            if (!raw.TryAdd(name, value))
            {
                return new(SamlErrorCode.WrongParameters, $"The query has {name} twice.");
            }

            if (QueryText.Decode(value) is not { } text)
            {
                return new(SamlErrorCode.WrongParameters, $"The value of {name} is not percent-encoded UTF-8.");
            }

            decoded[name] = text;
        }

        return null;
    }

    private static SamlError? Common(Dictionary<string, string> parameters)
    {
        if (parameters.ContainsKey("SAMLart"))
        {
            return new(SamlErrorCode.ArtifactRefused, "The identity provider used the artifact binding, which is not supported. Set it to answer with HTTP-POST.");
        }

        if (parameters.TryGetValue("RelayState", out var relayState) && relayState.Length > RelayState.MaxReceivedLength)
        {
            return new(SamlErrorCode.WrongParameters, $"RelayState is longer than {RelayState.MaxReceivedLength} characters.");
        }

        return (parameters.ContainsKey("SAMLRequest"), parameters.ContainsKey("SAMLResponse")) switch
        {
            (true, true) => new(SamlErrorCode.WrongParameters, "There is a SAMLRequest and a SAMLResponse; only one may be sent."),
            (false, false) => new(SamlErrorCode.MessageMissing, "There is no SAMLRequest and no SAMLResponse. The identity provider may have been given the wrong address."),
            _ => null,
        };
    }

    private static SamlParameter Parameter(Dictionary<string, string> parameters) =>
        parameters.ContainsKey("SAMLRequest") ? SamlParameter.SAMLRequest : SamlParameter.SAMLResponse;

    private static SamlError? Decode(string text, out byte[] bytes)
    {
        if (Base64.TryDecode(text, MaxBytes, out var decoded))
        {
            bytes = decoded;
            return null;
        }

        bytes = [];
        return text.Length > MaxBytes
            ? new(SamlErrorCode.TooLarge, $"The message is larger than {MaxBytes / 1024} KiB.")
            : new(SamlErrorCode.NotBase64, "The message is not Base64.");
    }

    private static byte[]? Inflate(byte[] deflated)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(deflated), CompressionMode.Decompress);
            var buffer = new byte[MaxBytes + 1];
            var length = inflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length is > 0 and <= MaxBytes ? buffer[..length] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static SamlError? ReadSignature(SamlParameter parameter, Dictionary<string, string> raw, Dictionary<string, string> decoded, out QuerySignature? signature)
    {
        signature = null;
        if (!raw.ContainsKey("SigAlg") && !raw.ContainsKey("Signature"))
        {
            return null;
        }

        if (!decoded.TryGetValue("SigAlg", out var algorithm) || !Base64.TryDecode(decoded.GetValueOrDefault("Signature"), MaxSignatureBytes, out var bytes))
        {
            return new(SamlErrorCode.WrongParameters, "SigAlg and Signature must come together, the signature in Base64.");
        }

        var signed = new StringBuilder().Append(parameter).Append('=').Append(raw[parameter.ToString()]);
        if (raw.TryGetValue("RelayState", out var relayState))
        {
            signed.Append("&RelayState=").Append(relayState);
        }

        signed.Append("&SigAlg=").Append(raw["SigAlg"]);
        signature = new(Encoding.UTF8.GetBytes(signed.ToString()), algorithm, bytes);
        return null;
    }

    private static ReceivedMessageResult.Refused Refuse(SamlErrorCode code, string message) => new(new SamlError(code, message));
}
