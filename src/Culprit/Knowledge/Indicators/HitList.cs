namespace Culprit.Knowledge.Indicators;

/// <summary>What a scan found, each indicator once for each field; of one token and list what says most.</summary>
/// <param name="set">The set.</param>
/// <param name="capacity">How many are kept.</param>
internal sealed class HitList(IndicatorSet set, int capacity)
{
    private readonly IndicatorHit[] _hits = new IndicatorHit[capacity];
    private readonly int[] _weights = new int[capacity];
    private readonly int[] _lists = new int[capacity];
    private Dictionary<int, int>? _places;
    private int _count;
    private int _token;

    /// <summary>The hits.</summary>
    public ReadOnlySpan<IndicatorHit> Found => _hits.AsSpan(0, _count);

    /// <summary>How many they are.</summary>
    public int Count => _count;

    /// <summary>Whether one was given that was not known and for which there was no room, or something was not looked for.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Which of the texts of a field is scanned: hits say it.</summary>
    public int Value { get; set; }

    /// <summary>Forgets all but the first. While any stay, so does what is known of there being more: it may be of their texts.</summary>
    /// <param name="kept">How many stay.</param>
    public void Clear(int kept = 0)
    {
        _count = Math.Min(_count, kept);
        _token = _count;
        HasMore &= kept > 0;
    }

    /// <summary>Says that not all was looked for.</summary>
    public void NoteMore() => HasMore = true;

    /// <summary>Gives hits their places in the text of which the scanned one was made.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="origins">For each place of the scanned text that of the other.</param>
    public void Relocate(int first, ReadOnlySpan<int> origins)
    {
        foreach (ref IndicatorHit hit in _hits.AsSpan(first, _count - first))
        {
            int start = origins[hit.Start];
            hit = hit with { Start = start, Length = origins[hit.Start + hit.Length] - start };
        }
    }

    /// <summary>Begins a token, for which only the weightiest hit of each list is kept.</summary>
    public void BeginToken()
    {
        _token = _count;
        _places?.Clear();
    }

    /// <summary>Adds a hit of the token that was begun.</summary>
    /// <param name="hit">The hit.</param>
    /// <param name="weight">What says more weighs more; of equals the first stays.</param>
    public void Add(IndicatorHit hit, int weight)
    {
        int list = set.Facts.ListOf(hit.Index), place = PlaceOf(list);
        if (place < 0)
        {
            Store(_count, hit, weight, list);
        }
        else if (weight > _weights[place])
        {
            Store(place, hit, weight, list);
        }
    }

    /// <summary>Ends the token: what was found in the same field before is taken away again.</summary>
    public void EndToken()
    {
        for (int i = _token; i < _count; i++)
        {
            if (IsKnown(_hits[i]))
            {
                _count--;
                _hits[i] = _hits[_count];
                _weights[i] = _weights[_count];
                _lists[i] = _lists[_count];
                i--;
            }
        }

        _token = _count;
    }

    // Where the hit of a list in this token is; -1 where it has none. A few are looked through, and of a value that very many lists hold it is kept.
    private int PlaceOf(int list)
    {
        if (_count - _token <= IndicatorScanner.MaxHits)
        {
            return Array.IndexOf(_lists, list, _token, _count - _token);
        }

        _places ??= [];
        for (int i = _token + _places.Count; i < _count; i++)
        {
            _places.Add(_lists[i], i);
        }

        return _places.GetValueOrDefault(list, -1);
    }

    private bool IsKnown(IndicatorHit hit)
    {
        for (int i = 0; i < _token; i++)
        {
            if (_hits[i].Index == hit.Index && _hits[i].Field == hit.Field)
            {
                return true;
            }
        }

        return false;
    }

    private void Store(int at, IndicatorHit hit, int weight, int list)
    {
        if (at >= _hits.Length)
        {
            HasMore = HasMore || !IsKnown(hit);
            return;
        }

        _hits[at] = hit with { Value = Value };
        _weights[at] = weight;
        _lists[at] = list;
        _count = Math.Max(_count, at + 1);
    }
}
