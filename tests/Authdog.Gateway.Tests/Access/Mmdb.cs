using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Authdog.Gateway.Tests.Access;

/// <summary>Writes a small database in MaxMind's format (MaxMind DB file format, version 2.0) for IPv4 networks.</summary>
internal static class Mmdb
{
    private const int RecordSize = 24;

    public static byte[] Write(string type, params (string Network, object Value)[] entries)
    {
        var data = new MemoryStream();
        List<(int? Left, int? Right, int LeftData, int RightData)> nodes = [(null, null, -1, -1)];
        foreach (var (network, value) in entries)
        {
            var range = IPNetwork.Parse(network);
            var bits = BinaryPrimitives.ReadUInt32BigEndian(range.BaseAddress.GetAddressBytes());
            var place = (int)data.Position;
            Encode(data, value);
            Insert(nodes, bits, range.PrefixLength, place);
        }

        using var file = new MemoryStream();
        foreach (var node in nodes)
        {
            Record(file, nodes.Count, node.Left, node.LeftData);
            Record(file, nodes.Count, node.Right, node.RightData);
        }

        file.Write(new byte[16]);
        data.WriteTo(file);
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Encode(file, new Dictionary<string, object>
        {
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_700_000_000UL,
            ["database_type"] = type,
            ["description"] = new Dictionary<string, object>(),
            ["ip_version"] = (ushort)4,
            ["languages"] = Array.Empty<object>(),
            ["node_count"] = (uint)nodes.Count,
            ["record_size"] = (ushort)RecordSize,
        });
        return file.ToArray();
    }

    private static void Insert(List<(int? Left, int? Right, int LeftData, int RightData)> nodes, uint bits, int length, int data)
    {
        var at = 0;
        for (var depth = 0; depth < length; depth++)
        {
            var right = (bits >> (31 - depth) & 1) == 1;
            var node = nodes[at];
            if (depth == length - 1)
            {
                nodes[at] = right ? node with { RightData = data } : node with { LeftData = data };
                return;
            }

            var next = right ? node.Right : node.Left;
            if (next is null)
            {
                nodes.Add((null, null, -1, -1));
                next = nodes.Count - 1;
                nodes[at] = right ? node with { Right = next } : node with { Left = next };
            }

            at = next.Value;
        }
    }

    // A record is a node, "nothing" (the number of nodes), or a place in the data section behind 16 empty bytes.
    private static void Record(Stream file, int count, int? node, int data)
    {
        var value = node ?? (data < 0 ? count : count + 16 + data);
        file.Write([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);
    }

    private static void Encode(Stream data, object value)
    {
        switch (value)
        {
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Control(data, 2, bytes.Length);
                data.Write(bytes);
                break;
            case ushort or uint:
                Number(data, value is ushort ? 5 : 6, Convert.ToUInt64(value, null));
                break;
            case ulong number:
                Number(data, 9, number);
                break;
            case IReadOnlyDictionary<string, object> map:
                Control(data, 7, map.Count);
                foreach (var (key, item) in map)
                {
                    Encode(data, key);
                    Encode(data, item);
                }

                break;
            case object[] array:
                Control(data, 11, array.Length);
                foreach (var item in array)
                {
                    Encode(data, item);
                }

                break;
            default:
                throw new ArgumentException(value.GetType().Name, nameof(value));
        }
    }

    private static void Number(Stream data, int type, ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        var short_ = bytes.AsSpan().TrimStart((byte)0);
        Control(data, type, short_.Length);
        data.Write(short_);
    }

    private static void Control(Stream data, int type, int size)
    {
        if (size >= 29)
        {
            throw new ArgumentException("Larger than a test needs.", nameof(size));
        }

        if (type > 7)
        {
            data.Write([(byte)size, (byte)(type - 7)]);
        }
        else
        {
            data.WriteByte((byte)((type << 5) | size));
        }
    }
}
