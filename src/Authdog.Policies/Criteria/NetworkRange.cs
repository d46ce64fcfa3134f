using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Authdog.Policies.Criteria;

/// <summary>The addresses of a network, first and last, as numbers. IPv4 and IPv6 never mix; IPv4-mapped IPv6 is IPv4.</summary>
internal readonly record struct NetworkRange(bool IsIPv4, UInt128 First, UInt128 Last)
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    /// <summary>Reads an address or a CIDR block. <paramref name="cure"/> says what to write instead when it is neither.</summary>
    public static bool TryParse(string text, out NetworkRange range, [NotNullWhen(false)] out string? cure)
    {
        range = default;
        cure = "Write an address like 203.0.113.7 or a block like 203.0.113.0/24 or 2001:db8::/32";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!TryParseAddress(address, out var parsed))
        {
            return false;
        }

        Number(parsed, out var raw, out var number);
        var bits = raw ? 32 : 128;
        var length = bits;
        if (slash >= 0)
        {
            var digits = text.AsSpan(slash + 1);
            if (digits.Length is 0 or > 3 || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
            {
                return false;
            }

            length = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
            if (parsed.IsIPv4MappedToIPv6)
            {
                length -= 96;
            }

            if (length < 0 || length > bits)
            {
                cure = $"The length of a block is between 0 and {bits}";
                return false;
            }
        }

        var hostBits = bits - length;
        var mask = hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
        if ((number & mask) != 0)
        {
            cure = $"The address has bits beyond the length; write {Format(raw, number & ~mask)}/{length}";
            return false;
        }

        range = new NetworkRange(raw, number, number | mask);
        cure = null;
        return true;
    }

    /// <summary>The number of an address, without allocation.</summary>
    public static void Number(IPAddress address, out bool isIPv4, out UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        if (written == 4)
        {
            isIPv4 = true;
            number = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            return;
        }

        number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        isIPv4 = number >> 32 == MappedPrefix >> 32;
        if (isIPv4)
        {
            number &= uint.MaxValue;
        }
    }

    /// <summary>The address of a number.</summary>
    public static IPAddress Address(bool isIPv4, UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(isIPv4 ? bytes[12..] : bytes);
    }

    // The framework also reads 10.1, 0x7f.1 and 010.0.0.1, each as somebody else would not.
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return text.Length <= 45
            && !text.Contains('%', StringComparison.Ordinal)
            && !text.Contains('[', StringComparison.Ordinal)
            && IPAddress.TryParse(text, out address)
            && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text);
    }

    private static string Format(bool isIPv4, UInt128 number) => Address(isIPv4, number).ToString();
}
