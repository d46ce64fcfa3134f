using Authdog.Gateway.ForwardAuth;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>How each proxy describes a request; by default a sound one.</summary>
internal sealed record Question
{
    public string Method { get; init; } = "GET";

    public string Proto { get; init; } = "http";

    public string Host { get; init; } = "localhost";

    public string Target { get; init; } = "/members/";

    public string For { get; init; } = "198.51.100.7";

    public static IReadOnlyList<string> Browser { get; } = ["Sec-Fetch-Mode: navigate", "Accept: text/html"];

    public string Path(ForwardAuthProxy proxy) => proxy == ForwardAuthProxy.Envoy ? "/check" + Target : "/check";

    public IEnumerable<string> Headers(ForwardAuthProxy proxy) => proxy switch
    {
        ForwardAuthProxy.Nginx => [$"X-Original-Method: {Method}", $"X-Original-Proto: {Proto}", $"X-Original-Host: {Host}", $"X-Original-URI: {Target}", $"X-Original-For: {For}"],
        ForwardAuthProxy.Envoy => [$"Host: {Host}", $"X-Forwarded-Proto: {Proto}", $"X-Forwarded-For: {For}"],
        _ => [$"X-Forwarded-Method: {Method}", $"X-Forwarded-Proto: {Proto}", $"X-Forwarded-Host: {Host}", $"X-Forwarded-Uri: {Target}", $"X-Forwarded-For: {For}"],
    };
}
