using System.Text.Json.Serialization;

namespace Authdog.Gateway.Access.Recording;

/// <summary>JSON of what is recorded.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordedDecision))]
[JsonSerializable(typeof(RecordedInputs))]
internal sealed partial class RecordingJson : JsonSerializerContext;
