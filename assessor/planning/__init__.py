"""Plan documents in, proposed plans out: evidence, blocks, outline, codes, doubts."""
