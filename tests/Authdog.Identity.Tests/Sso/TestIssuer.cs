using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Tests.Sso;

/// <summary>One issuer: what it answers, and what it was asked.</summary>
internal sealed class TestIssuer(string url, TimeProvider time)
{
    public const string Client = "the-client";
    public const string Secret = "the secret of the client & more";

    public string Url { get; } = url;

    public string Code { get; } = "code-" + Guid.NewGuid().ToString("N");

    public string AccessToken { get; } = "access-" + Guid.NewGuid().ToString("N");

    public string Nonce { get; set; } = "none yet";

    public JsonObject Person { get; set; } = new() { ["sub"] = "person-1", ["email"] = "nobody@example.com", ["name"] = "Ada Lovelace" };

    public JsonObject UserInfo { get; set; } = [];

    public List<(string Kid, RSA Key)> Keys { get; set; } = [("k1", TestProvider.Key)];

    /// <summary>Changes of what is right.</summary>
    public Action<JsonObject>? Discovery { get; set; }

    public Action<JsonObject>? Header { get; set; }

    public Action<JsonObject>? Payload { get; set; }

    public Action<JsonObject>? Token { get; set; }

    public Func<string, string>? Compact { get; set; }

    public RSA? SigningKey { get; set; }

    /// <summary>Answers in place of the right one, by path.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Instead { get; } = [];

    /// <summary>What was asked: path, headers and form.</summary>
    public ConcurrentQueue<(string Path, string Authorization, Dictionary<string, string> Form)> Asked { get; } = new();

    /// <summary>The claims of a right ID token.</summary>
    public JsonObject Claims()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Url, ["aud"] = Client, ["exp"] = now + 300, ["iat"] = now, ["auth_time"] = now, ["nonce"] = Nonce, ["sid"] = "session-1" };
        foreach (var (name, value) in Person)
        {
            claims[name] = value?.DeepClone();
        }

        return claims;
    }

    /// <summary>The claims of a right logout token.</summary>
    public JsonObject LogoutClaims()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Url,
            ["aud"] = Client,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["sub"] = Person["sub"]!.DeepClone(),
            ["sid"] = "session-1",
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
    }

    /// <summary>A compact JWS.</summary>
    public string Sign(JsonObject claims, string? typ = null, string alg = "RS256")
    {
        var header = new JsonObject { ["alg"] = alg, ["kid"] = Keys[0].Kid };
        if (typ is not null)
        {
            header["typ"] = typ;
        }

        Header?.Invoke(header);
        return Sign(header, claims, SigningKey ?? Keys[0].Key);
    }

    public static string Sign(JsonObject header, JsonObject claims, RSA key)
    {
        var input = $"{Part(header.ToJsonString())}.{Part(claims.ToJsonString())}";
        var bytes = Encoding.ASCII.GetBytes(input);
        var signature = (string?)header["alg"] switch
        {
            "none" or null => [],
            "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), bytes),
            "HS256-public" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), bytes),
            "RS384" => key.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            "PS256" => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public async Task AnswerAsync(HttpContext context, string path)
    {
        var form = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) : [];
        Asked.Enqueue((path, context.Request.Headers.Authorization.ToString(), form));
        if (Instead.TryGetValue(path, out var other))
        {
            await other(context);
            return;
        }

        switch (path)
        {
            case "/.well-known/openid-configuration":
                await JsonAsync(context, DiscoveryDocument());
                break;
            case "/jwks":
                await JsonAsync(context, new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => (JsonNode)Jwk(key.Kid, key.Key))]) });
                break;
            case "/token":
                await TokenAsync(context, form);
                break;
            case "/par":
                await JsonAsync(context, new JsonObject { ["request_uri"] = "urn:example:pushed", ["expires_in"] = 60 }, StatusCodes.Status201Created);
                break;
            case "/userinfo":
                await JsonAsync(context, UserInfo);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    public static async Task JsonAsync(HttpContext context, JsonObject json, int status = StatusCodes.Status200OK, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(json.ToJsonString());
    }

    private static JsonObject Jwk(string kid, RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = kid, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    private JsonObject DiscoveryDocument()
    {
        var document = new JsonObject
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = Url + "/authorize",
            ["token_endpoint"] = Url + "/token",
            ["jwks_uri"] = Url + "/jwks",
            ["userinfo_endpoint"] = Url + "/userinfo",
            ["end_session_endpoint"] = Url + "/end",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };
        Discovery?.Invoke(document);
        return document;
    }

    private Task TokenAsync(HttpContext context, Dictionary<string, string> form)
    {
        if (form.GetValueOrDefault("grant_type") != "refresh_token" && form.GetValueOrDefault("code") != Code)
        {
            return JsonAsync(context, new JsonObject { ["error"] = "invalid_grant" }, StatusCodes.Status400BadRequest);
        }

        var claims = Claims();
        Payload?.Invoke(claims);
        var compact = Sign(claims);
        var answer = new JsonObject { ["access_token"] = AccessToken, ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = Compact?.Invoke(compact) ?? compact };
        Token?.Invoke(answer);
        return JsonAsync(context, answer);
    }
}
