/** Light and dark; every text colour has at least 4.5:1 against its background. */
export const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --sunk: #f3f1eb; --ink: #1d1f24; --soft: #5a5f69;
  --line: #e3e0d8; --line-strong: #c4c0b5; --track: #e7e4db; --accent: #2a5788; --accent-soft: #e2ebf4;
  --good: #1f6b45; --good-soft: #e0f0e6; --bad: #a8301d; --bad-soft: #fbe8e4; --warn: #795600; --warn-soft: #fbf1d6; --warn-line: #d3a020; --bad-line: #c8452f;
  --model: #6b8fb8; --script: #8d7bb0; --read: #58a08f; --write: #d98545; --output: #c0647a; --fresh: #e3bd55;
  --code-key: #8b2f6b; --code-text: #22683f; --code-number: #8a4b00; --code-note: #63676f; --code-name: #2a5788;
  --unseen: #8a4b00; --unseen-soft: #fbe9cf; --mark: #fff3b8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #141619; --card: #1b1e23; --sunk: #202429; --ink: #e8e6e1; --soft: #a9aeb8;
    --line: #2c3037; --line-strong: #4a505b; --track: #2c3037; --accent: #92bce6; --accent-soft: #1f3347;
    --good: #7cc79d; --good-soft: #17301f; --bad: #f0a191; --bad-soft: #3a201b; --warn: #e6c474; --warn-soft: #2d2512; --warn-line: #a98122; --bad-line: #c25a47;
    --model: #6f94bf; --script: #9b89bf; --read: #57a492; --write: #d4853f; --output: #c9768b; --fresh: #d9b85c;
    --code-key: #e39bcb; --code-text: #9ccfa8; --code-number: #e5b070; --code-note: #9298a3; --code-name: #92bce6;
    --unseen: #f0be7d; --unseen-soft: #3b2a12; --mark: #4a3f12;
  }
}
`
