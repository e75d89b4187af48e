module.exports = function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("img");
  return { dir: { input: "posts", output: "_site" } };
};
