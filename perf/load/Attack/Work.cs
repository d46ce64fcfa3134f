using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Attack;

/// <summary>A silent challenge: a number that gives SHA-256 of <c>id:number</c> so many leading zero bits.</summary>
internal sealed record Work(string Id, int Bits)
{
    public string Solve(CancellationToken cancellationToken)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var number = 0; ; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var digits = number.ToString(CultureInfo.InvariantCulture);
            SHA256.HashData(Encoding.ASCII.GetBytes($"{Id}:{digits}"), hash);
            if (BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= Bits)
            {
                return digits;
            }
        }
    }
}
