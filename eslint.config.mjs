// What the scripts of the pages are checked for: mistakes, not style.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "consistent-return": "off",
      "eqeqeq": "error",
      "no-control-regex": "off",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"].map((property) => ({
          property,
          message: "Text from the news is text; make elements.",
        })),
        { object: "document", property: "write", message: "Make elements." },
      ],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
];
