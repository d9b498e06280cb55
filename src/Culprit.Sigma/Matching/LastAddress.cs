namespace Culprit.Sigma.Matching;

/// <summary>The address read last: rules ask of one value whether it lies in many networks, one after the other.</summary>
internal struct LastAddress
{
    private int _round;
    private int _ordinal;
    private int _index;
    private bool _isAddress;
    private UInt128 _address;

    /// <summary>Whether a value satisfies a test; one of a network reads it as an address, unless it is the value that was read last.</summary>
    /// <param name="test">The test.</param>
    /// <param name="round">The event.</param>
    /// <param name="ordinal">The field of the event.</param>
    /// <param name="index">Which of the field's values.</param>
    /// <param name="text">The value.</param>
    public bool Satisfies(CompiledTest test, int round, int ordinal, int index, ReadOnlySpan<char> text) => test is CidrTest network
        ? TryRead(round, ordinal, index, text, out UInt128 address) && network.Holds(address)
        : test.Matches(text);

    private bool TryRead(int round, int ordinal, int index, ReadOnlySpan<char> text, out UInt128 address)
    {
        if (_round != round || _ordinal != ordinal || _index != index)
        {
            _isAddress = AddressText.TryParse(text, out _address);
            (_round, _ordinal, _index) = (round, ordinal, index);
        }

        address = _address;
        return _isAddress;
    }
}
