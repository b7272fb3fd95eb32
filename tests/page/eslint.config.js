// The page's script is one script of several files, whose names TypeScript checks across files.
import js from "@eslint/js";

const rules = {
  ...js.configs.recommended.rules,
  "no-undef": "off",
  "no-unused-vars": "off",
  eqeqeq: "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-var": "error",
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Text from articles must stay text." },
    { property: "outerHTML", message: "Text from articles must stay text." },
    { property: "insertAdjacentHTML", message: "Text from articles must stay text." },
    { object: "document", property: "write", message: "Text from articles must stay text." },
  ],
};

export default [
  { files: ["src/export/page/*.js"], languageOptions: { ecmaVersion: 2024, sourceType: "script" }, rules },
  { files: ["tests/page/*.js"], languageOptions: { ecmaVersion: 2024, sourceType: "module" }, rules: { ...rules, "no-unused-vars": "error", "prefer-const": "error" } },
];
