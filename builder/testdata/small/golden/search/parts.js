siteIndex.add("parts",{"pages":"pages.7961a65c","text-0":"text-0.4ed41c70","words":"words.2ee98842"});
