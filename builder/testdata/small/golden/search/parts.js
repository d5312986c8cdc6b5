siteIndex.add("parts",{"pages":"pages.7768add7","text-0":"text-0.4ed41c70"});
