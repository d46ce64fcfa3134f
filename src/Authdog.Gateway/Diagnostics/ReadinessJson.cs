using System.Text.Json.Serialization;

namespace Authdog.Gateway.Diagnostics;

/// <summary>JSON of the health answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
