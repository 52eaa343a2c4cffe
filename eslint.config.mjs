import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
    {
        ignores: [
            "node_modules/",
            "out/",
            "eslint.config.mjs",
            ".dependency-cruiser.mjs",
            "checkNode.cjs",
            "load.cjs",
        ],
    },
    ...tseslint.configs.recommendedTypeChecked,
    {
        languageOptions: {
            parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
        },
        plugins: { "@pulumi": pulumi },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "@pulumi/no-output-in-template-literal": "error",
            "@pulumi/no-output-instance-in-template-literal": "error",
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            "@typescript-eslint/no-shadow": "error",
            curly: "error",
            eqeqeq: ["error", "smart"],
            "prefer-const": "error",
        },
    },
);
